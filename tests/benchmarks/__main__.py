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

ROUNDS = 5
STEPS = 8


def measured(arguments: list[str]) -> tuple[float, float]:
    """Run a command in a fresh data home; return its wall time in seconds and its peak memory in MB."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DIVIDE_HOME": home}
        started = time.perf_counter()
        process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)} failed; run it by itself to see why")
    return wall, usage.ru_maxrss / 1024


def main() -> None:
    """Measure in turn and print medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    python = [sys.executable, "-m"]
    runs: dict[str, list[tuple[float, float]]] = {"plain calls": [], "Dagster job": [], "divide --help": []}
    for number in range(rounds):
        runs["plain calls"].append(measured([*python, "tests.benchmarks.plain"]))
        runs["Dagster job"].append(measured([*python, "tests.benchmarks.job"]))
        runs["divide --help"].append(measured([*python, "pipelines.cli", "--help"]))
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    medians = {name: [statistics.median(values) for values in zip(*results, strict=True)] for name, results in runs.items()}
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}, {rounds} rounds in turn"
    )
    for name, (wall, memory) in medians.items():
        print(f"{name:14} {wall:6.2f} s {memory:6.0f} MB")
    (plain, plain_memory), (job, job_memory) = medians["plain calls"], medians["Dagster job"]
    print(f"ratio          {job / plain:6.2f}   {job_memory / plain_memory:6.2f}")
    print(f"beyond the work {(job - plain):.2f} s, of which a step {1000 * (job - plain) / STEPS:.0f} ms if it were all steps")


if __name__ == "__main__":
    main()
