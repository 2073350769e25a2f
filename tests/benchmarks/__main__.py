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
STEPS = 12


def measured(home: str, module: str, *arguments: str) -> tuple[float, float]:
    """Run a module on a data home; return its wall time in seconds and its peak memory in MB."""
    started = time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, env={**os.environ, "DIVIDE_HOME": home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed; run it by itself to see why")
    return wall, usage.ru_maxrss / 1024


def main() -> None:
    """Measure in turn, each kind of run on a home of its own that has seen one run before, and print medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    runs: dict[str, list[tuple[float, float]]] = {"plain calls": [], "Dagster job": [], "divide --help": []}
    with tempfile.TemporaryDirectory() as plain_home, tempfile.TemporaryDirectory() as job_home:
        for number in range(rounds + 1):
            runs["plain calls"].append(measured(plain_home, "tests.benchmarks.plain"))
            runs["Dagster job"].append(measured(job_home, "tests.benchmarks.job"))
            runs["divide --help"].append(measured(job_home, "pipelines.cli", "--help"))
            print(f"round {number} of {rounds}", file=sys.stderr)
    medians = {name: [statistics.median(values) for values in zip(*results[1:], strict=True)] for name, results in runs.items()}
    (plain, plain_memory), (job, job_memory) = medians["plain calls"], medians["Dagster job"]
    machine = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}"
    print(f"{machine}; medians of {rounds} rounds in turn, imports included")
    for name, (wall, memory) in medians.items():
        print(f"{name:14} {wall:6.2f} s {memory:6.0f} MB")
    print(f"{'ratio':14} {job / plain:6.2f}   {job_memory / plain_memory:6.2f}")
    print(f"beyond the work: {job - plain:.2f} s in all, {1000 * (job - plain) / STEPS:.0f} ms for each of {STEPS} steps")


if __name__ == "__main__":
    main()
