"""How the figures get made: snapshots, connectors, warehouse, steps, publication, the command line; and `defs/`, which Dagster finds.

No formula stands here; what the figures are is in `indicators`.
"""
