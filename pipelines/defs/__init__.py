"""What Dagster finds by itself: one concept a file."""
