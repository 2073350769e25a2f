"""What the orchestration costs: the whole job against the same work as plain calls, in turn, imports on both sides.

python -m tests.benchmarks [ROUNDS]
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

from pipelines.warehouse import register

ROUNDS = 5
#: A step a layer, and those of the charts, the publication and the digest.
STEPS = len(register.LAYERS) + 3


class Cost(NamedTuple):
    """What one run took: seconds on the clock, seconds of CPU, and memory at its peak, MB."""

    wall: float
    cpu: float
    memory: float


def measured(home: str, module: str, *arguments: str) -> Cost:
    """Run a module on a data home, and return what it took."""
    started = time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, env={**os.environ, "DIVIDE_HOME": home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed; run it by itself to see why")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    """Measure in turn, each kind of run on a home of its own that has seen one run before, and print medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    runs: dict[str, list[Cost]] = {"plain calls": [], "Dagster job": [], "divide --help": []}
    with tempfile.TemporaryDirectory() as plain_home, tempfile.TemporaryDirectory() as job_home:
        for number in range(rounds + 1):
            runs["plain calls"].append(measured(plain_home, "tests.benchmarks.plain"))
            runs["Dagster job"].append(measured(job_home, "tests.benchmarks.job"))
            runs["divide --help"].append(measured(job_home, "pipelines.cli", "--help"))
            print(f"round {number} of {rounds}", file=sys.stderr)
    counted = {name: costs[1:] for name, costs in runs.items()}
    medians = {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in counted.items()}
    machine = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}"
    print(f"{machine}; medians of {rounds} rounds in turn, imports included")
    for name, cost in medians.items():
        print(f"{name:14} {cost.wall:6.2f} s {cost.cpu:6.2f} s of CPU {cost.memory:6.0f} MB")
    plain, job = medians["plain calls"], medians["Dagster job"]
    ratios = [one.wall / other.wall for one, other in zip(counted["Dagster job"], counted["plain calls"], strict=True)]
    print(f"{'ratio':14} {job.wall / plain.wall:6.2f}   {job.cpu / plain.cpu:6.2f}          {job.memory / plain.memory:6.2f}")
    print(f"of the rounds {min(ratios):.2f} to {max(ratios):.2f}; beyond the work {job.wall - plain.wall:.2f} s in {STEPS} steps")


if __name__ == "__main__":
    main()
