"""From tables to files, and nothing else: the site, briefs, workbook, SDMX, citations, the data package."""
