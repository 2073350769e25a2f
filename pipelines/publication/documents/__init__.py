"""Documents: sections, tables and drawings without markup, and the forms they are written in.

`model` has the parts, `markdown`, `html` and `pdf` write a self-contained document; the site has a template of its own.
"""
