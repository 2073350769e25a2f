"""The pages people read: one folder of static HTML, made from the published tables alone, that opens from disk and loads nothing else.

`areas` gathers what is known of each economy and group, `lines` draws a small chart, `build` writes the pages.
"""
