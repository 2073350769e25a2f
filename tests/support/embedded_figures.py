"""The embedded figures of the World Bank as they stand in their files, for tests that need no build."""

import pandas as pd

from tests.support.paths import PROJECT


def embedded_figures(edition: str, series: str) -> pd.DataFrame:
    """Return one embedded file as a table of area, year and value."""
    path = PROJECT / "pipelines" / "embedded" / "world-bank-wdi" / edition / f"{series}.csv"
    return pd.read_csv(path, keep_default_na=False, na_values=[""])
