"""Documents: what is told of an area as sections, tables and drawings, and the forms it is written in.

`model` has the parts, `markdown`, `html` and `pdf` write a document that stands alone; the site has a template of its own.
"""
