"""A brief of one economy or group: one or two pages to hand on, with the figures of its page on the site.

`content` says what a brief tells and in which words, `forms` makes Markdown, HTML and PDF of it without adding a word, `wanted` finds the
areas that a reader names, `library` opens a publication.
"""
