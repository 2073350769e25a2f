"""How the figures get made: snapshots, connectors, warehouse, steps, publication, the command line; and `defs/`, which Dagster finds.

It has no formula; `indicators` has all formulas.
"""
