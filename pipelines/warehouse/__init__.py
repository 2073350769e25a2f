"""The build database: the queries, the steps that fill its tables, and the checks on them."""
