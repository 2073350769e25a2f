"""The rows of the published tables that pages and briefs read, as dataclasses.

A dataclass names the columns it needs, as the contracts name them; `tables.typed_rows` fills it. The meaning of each column is in
`indicators.contracts` and is not repeated here.
"""
