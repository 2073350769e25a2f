"""The measures: pure functions from observations to group figures, gaps, distances, projections. No table is read here."""
