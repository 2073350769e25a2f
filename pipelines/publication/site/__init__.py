"""The site: one folder of static HTML, made from the published tables alone. It opens from disk and loads nothing from elsewhere.

Each kind of page has a module that gathers its rows and a template in `templates/` that words and lays them out; `build` writes them all.
"""
