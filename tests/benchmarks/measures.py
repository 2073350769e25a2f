"""What each measure costs on many times the rows: CPU time, the exponent by which it grows, and memory beyond the input.

python -m tests.benchmarks.measures [MEASURE ...]

The inputs are those of a build; larger ones repeat them under other names, either of the indicators or of the vintages.
"""

import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from math import log, nan
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pandas as pd

from indicators.measures import (
    aggregate_consistency,
    aggregates,
    change_decomposition,
    convergence,
    data_gaps,
    gaps,
    inequality,
    projections,
    scenarios,
    targets,
    time_distance,
)
from tests.benchmarks.__main__ import measured

TIMES = (1, 10, 100)
HEADS = ("times", "rows in", "rows out", "CPU s", "exponent", "input MB", "peak MB")
WAYS = {"indicators": ["indicator"], "vintages": ["vintage", "vintage_from", "vintage_to", "members_vintage"]}


class Measure(NamedTuple):
    """A measure: the function, the tables that grow, and those that stay as they are; some stand between, in the function's order."""

    function: Callable[..., pd.DataFrame]
    tables: list[str]
    grow: list[str]
    ways: tuple[str, ...] = ("indicators", "vintages")


MEASURES = {
    "aggregates": Measure(
        aggregates.aggregates, ["reported_values", "people", "members_by_year", "ceiling"], ["reported_values", "ceiling"]
    ),
    "gaps": Measure(gaps.gaps, ["gap_pairs"], ["gap_pairs"]),
    "time_distance": Measure(time_distance.time_distance, ["benchmarked_levels", "better"], ["benchmarked_levels", "better"]),
    "convergence": Measure(
        convergence.convergence, ["directed_values", "people", "newest_members", "ceiling"], ["directed_values", "ceiling"]
    ),
    "change_decomposition": Measure(
        change_decomposition.change_decomposition,
        ["directed_values", "populations", "members_by_year", "change_points", "ceiling", "printed_headlines"],
        ["directed_values", "change_points", "ceiling", "printed_headlines"],
    ),
    "inequality": Measure(
        inequality.inequality, ["reported_values", "people", "partitions_by_year", "incomes", "ceiling"], ["reported_values", "ceiling"]
    ),
    "aggregate_consistency": Measure(
        aggregate_consistency.aggregate_consistency,
        ["published_averages", "values_as_printed", "people", "members_by_list", "ceiling"],
        ["published_averages", "values_as_printed", "ceiling"],
    ),
    "projections": Measure(projections.projections, ["projected_series", "newest_figures"], ["projected_series", "newest_figures"]),
    # One vintage an area is judged, so that more vintages are no more rows.
    "targets": Measure(
        targets.targets, ["stated", "target_series", "newest_lists", "ceiling"], ["stated", "target_series", "ceiling"], ("indicators",)
    ),
    "scenarios": Measure(
        partial(scenarios.scenarios, years=scenarios.load_scenarios()["years"]),
        ["scenario_values", "people", "newest_members", "stated"],
        ["scenario_values", "stated"],
    ),
    "data_gaps": Measure(
        data_gaps.data_gaps,
        ["newest_values", "wanted_breakdowns", "people", "members_by_year", "ceiling"],
        ["newest_values", "wanted_breakdowns", "ceiling"],
        ("indicators",),
    ),
}


def inputs(database: Path) -> dict[str, pd.DataFrame | pd.Series]:
    """Return what the measures are made from, as a build makes them from its tables."""
    wanted = {table for measure in MEASURES.values() for table in measure.tables}
    with duckdb.connect(str(database), read_only=True) as connection:
        held = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
        queries = {table: f"from {table}" for table in wanted & held} | {
            "directed_values": "select reported_values.* from reported_values join indicators using (indicator) where better <> 'neither'",
            "newest_members": "from members_by_year where membership = 'latest'",
            "populations": "select * rename (edition as vintage) from population_editions",
            "newest_lists": "select group_name, iso3 from memberships where valid_to is null",
        }
        found: dict[str, pd.DataFrame | pd.Series] = {name: connection.execute(query).df() for name, query in queries.items()}
        indicators = connection.execute("select indicator, better, ceiling from indicators").df().set_index("indicator")
    return found | {"better": indicators["better"], "ceiling": indicators["ceiling"], "stated": targets.load_targets()}


def repeated(table: pd.DataFrame | pd.Series, columns: list[str], times: int) -> pd.DataFrame | pd.Series:
    """Return a table as many times, the names in some of its columns or in its index another each time."""
    if isinstance(table, pd.Series):
        return pd.concat([table.rename(index=lambda name, at=at: f"{name} {at}") for at in range(times)])
    # A target is another one if its indicator is.
    named = [name for name in [*columns, "target"] if name in table and not (name == "target" and "statement" not in table)]
    if not named:
        return table
    return pd.concat([table.assign(**{name: table[name] + f" {at}" for name in named}) for at in range(times)], ignore_index=True)


def arguments(measure: Measure, held: dict[str, Any], way: str, times: int) -> list[Any]:
    """Return the arguments of a measure, those that grow so many times as large."""
    is_renamed = way == "indicators"
    return [
        repeated(held[table], WAYS[way], times)
        if table in measure.grow and (is_renamed or not isinstance(held[table], pd.Series))
        else held[table]
        for table in measure.tables
    ]


def memory(field: str) -> float:
    """Return a figure of this process's memory, MB; missing where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), nan)


def run_one(file: str, name: str, way: str, times: str) -> None:
    """Measure once, in a process of its own; print rows in and out, seconds of CPU, MB of input, and MB at the peak beyond it."""
    measure = MEASURES[name]
    given = arguments(measure, pickle.loads(Path(file).read_bytes()), way, int(times))
    sizes = [table.memory_usage(deep=True) if isinstance(table, pd.Series) else table.memory_usage(deep=True).sum() for table in given]
    rows = sum(len(table) for table in given)
    before = memory("VmRSS")
    if not pd.isna(before):
        # Forgets the peak so far.
        Path("/proc/self/clear_refs").write_text("5")
    started = time.process_time()
    made = measure.function(*given)
    seconds = time.process_time() - started
    print(rows, len(made), seconds, sum(sizes) / 2**20, memory("VmHWM") - before)


def main() -> None:
    """Build once in a home of its own, and measure each measure on what it made."""
    if sys.argv[1:2] == ["one"]:
        run_one(*sys.argv[2:])
        return
    asked = sys.argv[1:] or list(MEASURES)
    with tempfile.TemporaryDirectory() as home:
        measured(home, "tests.benchmarks.plain")
        file = Path(home) / "inputs.pickle"
        file.write_bytes(pickle.dumps(inputs(Path(home) / "build" / "digital_divide.duckdb")))
        print(f"{'measure':14} {'more':10}", *(f"{head:>9}" for head in HEADS))
        for name in asked:
            for way in MEASURES[name].ways:
                seconds_before = nan
                for times in TIMES:
                    command = [sys.executable, "-m", "tests.benchmarks.measures", "one", str(file), name, way, str(times)]
                    told = subprocess.run(command, env=os.environ, check=True, capture_output=True, text=True).stdout
                    rows_in, rows_out, seconds, size, peak = (float(word) for word in told.split())
                    exponent = log(seconds / seconds_before, 10) if times > 1 else nan
                    counts = f"{times:9} {rows_in:9.0f} {rows_out:9.0f} {seconds:9.2f} {exponent:9.2f} {size:9.0f} {peak:9.0f}"
                    print(f"{name:14} {way:10} {counts}", flush=True)
                    seconds_before = seconds


if __name__ == "__main__":
    main()
