"""The small drawings of pages and briefs: geometry as dataclasses here, markup in `drawings.svg`.

Hundreds of pages have one each, so that no plotting library draws them: all of them together take less than a second.
"""
