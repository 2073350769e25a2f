"""A brief of one economy or group: an excerpt of its page on one or two pages, to read, print and send.

`excerpt` cuts the document of an area to what fits, `library` has the briefs of a publication, `area_lookup` finds the area a reader names.
"""
