"""The contracts: one class a table, with its columns, units and rules; no computation and no data."""
