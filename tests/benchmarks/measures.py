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
from math import log, nan
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.contracts.declarations import Layer
from indicators.contracts.tables import column_types
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables, register
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build
from tests.benchmarks.__main__ import measured

TIMES = (1, 10, 100)
HEADS = ("times", "rows in", "rows out", "CPU s", "exponent", "input MB", "peak MB")
WAYS = {"indicators": ["indicator"], "vintages": ["vintage", "vintage_from", "vintage_to", "members_vintage"]}

MEASURES = [table for table in register.tables(Layer.MEASURES) if table != "indicator_review"]

#: What is about people and areas rather than about indicators: it stays as it is.
FIXED = {
    *("people", "members_by_year", "latest_members", "current_members", "members_by_list", "partitions_by_year", "incomes"),
    *("population_editions", "scenario_years"),
}

#: Of these one vintage is taken, so that more vintages are no more rows.
OF_ONE_VINTAGE = {"targets", "data_gaps"}


def inputs(home: Path) -> dict[str, dict[str, Any]]:
    """Return what each measure is given, as a build gives it."""
    build = Build(Warehouse(home / "build" / "digital_divide.duckdb"), SnapshotStore())
    return {table: build_tables.arguments(build, table) for table in MEASURES}


def repeated(table: pd.DataFrame | pd.Series, columns: list[str], times: int) -> pd.DataFrame | pd.Series:
    """Return a table as many times, the names in some of its columns or in its index another each time."""
    if isinstance(table, pd.Series):
        return pd.concat([table.rename(index=lambda name, at=at: f"{name} {at}") for at in range(times)])
    # A target is another one if its indicator is.
    named = [name for name in [*columns, "target"] if name in table and not (name == "target" and "statement" not in table)]
    if not named:
        return table
    return pd.concat([table.assign(**{name: table[name] + f" {at}" for name in named}) for at in range(times)], ignore_index=True)


def arguments(given: dict[str, Any], way: str, times: int) -> dict[str, Any]:
    """Return the arguments of a measure, those that grow so many times as large."""
    is_by_indicator = way == "indicators"
    return {
        name: repeated(value, WAYS[way], times)
        if name not in FIXED and (is_by_indicator or name not in column_types("indicators"))
        else value
        for name, value in given.items()
    }


def memory(field: str) -> float:
    """Return a figure of this process's memory, MB; missing where the system does not report it."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), nan)


def run_one(file: str, name: str, way: str, times: str) -> None:
    """Measure once, in a process of its own; print rows in and out, seconds of CPU, MB of input, and MB at the peak beyond it."""
    given = arguments(pickle.loads(Path(file).read_bytes())[name], way, int(times))
    function = register.function_of(name)
    tables = [table for table in given.values() if isinstance(table, pd.DataFrame | pd.Series)]
    sizes = [table.memory_usage(deep=True) if isinstance(table, pd.Series) else table.memory_usage(deep=True).sum() for table in tables]
    rows = sum(len(table) for table in tables)
    before = memory("VmRSS")
    if not pd.isna(before):
        # Forgets the peak so far.
        Path("/proc/self/clear_refs").write_text("5")
    started = time.process_time()
    made = function(**given)
    seconds = time.process_time() - started
    print(rows, len(made), seconds, sum(sizes) / 2**20, memory("VmHWM") - before)


def main() -> None:
    """Build once in a home of its own, and measure each measure on what it made."""
    if sys.argv[1:2] == ["one"]:
        run_one(*sys.argv[2:])
        return
    asked = sys.argv[1:] or MEASURES
    with tempfile.TemporaryDirectory() as home:
        measured(home, "tests.benchmarks.plain")
        file = Path(home) / "inputs.pickle"
        file.write_bytes(pickle.dumps(inputs(Path(home))))
        print(f"{'measure':14} {'more':10}", *(f"{head:>9}" for head in HEADS))
        for name in asked:
            for way in ("indicators",) if name in OF_ONE_VINTAGE else WAYS:
                seconds_before = nan
                for times in TIMES:
                    command = [sys.executable, "-m", "tests.benchmarks.measures", "one", str(file), name, way, str(times)]
                    printed = subprocess.run(command, env=os.environ, check=True, capture_output=True, text=True).stdout
                    rows_in, rows_out, seconds, size, peak = (float(word) for word in printed.split())
                    exponent = log(seconds / seconds_before, 10) if times > 1 else nan
                    counts = f"{times:9} {rows_in:9.0f} {rows_out:9.0f} {seconds:9.2f} {exponent:9.2f} {size:9.0f} {peak:9.0f}"
                    print(f"{name:14} {way:10} {counts}", flush=True)
                    seconds_before = seconds


if __name__ == "__main__":
    main()
