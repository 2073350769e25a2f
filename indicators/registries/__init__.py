"""What comes with the code as data: indicators, sources, areas, corrections, labels, the resolution's text; the readers of these files."""
