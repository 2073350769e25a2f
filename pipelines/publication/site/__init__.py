"""The pages people read: one folder of static HTML, made from the published tables alone, that opens from disk and loads nothing else.

`areas` gathers what is known of each economy and group, `known` what more than one page needs; a module a kind of page; `lines` and
`history_drawing` draw small charts; `numbers` says how a number is written; `build` writes the pages. Looks and words are in `templates/`.
"""
