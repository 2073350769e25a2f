"""What Dagster needs: the factory of table assets, run tags, how a job is run, where its events are kept."""
