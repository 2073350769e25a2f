"""How charts look: layout, colours, fonts, and the files that are made of a figure."""
