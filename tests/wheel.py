"""The wheel as a stranger meets it: installed into an empty environment outside the checkout, and used there.

python -m tests.wheel --uv uv --python python3 dist/digital_divide-0.2.0-py3-none-any.whl

Packages come in the versions of requirements.lock. Neither git nor the checkout can be reached from where the commands run.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from pipelines.provenance import code_version
from tests.support import ui
from tests.support.paths import PROJECT

#: What the code says of itself in the environment of the wheel.
WHERE = """
import json, pipelines, pipelines.provenance as provenance, pipelines.settings as settings
print(json.dumps({"package": pipelines.__file__, "home": str(settings.settings().home), "code": provenance.code_version(),
                  "git": provenance.git_sha()}))
"""
JOBS = "{ repositoriesOrError { __typename ... on RepositoryConnection { nodes { jobs { name } } } ... on PythonError { message } } }"


def main() -> None:
    """Install and use the wheel; an AssertionError or a failed command says what does not work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--uv", required=True, help="how uv is started")
    parser.add_argument("--python", required=True, help="the interpreter of the new environment")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="divide-wheel-") as folder:
        _use(given.wheel.resolve(), Path(folder).resolve(), given.uv, given.python)


def _use(wheel: Path, folder: Path, uv: str, python: str) -> None:
    environment, own = folder / "environment", folder / "home"
    own.mkdir()
    programs = environment / "bin"
    _timed("an empty environment", [uv, "venv", "-q", "--python", python, str(environment)])
    install = [
        uv,
        "pip",
        "install",
        "-q",
        "--compile-bytecode",
        "--python",
        str(programs / "python"),
        "-c",
        str(PROJECT / "requirements.lock"),
    ]
    _timed("the wheel and what it needs", [*install, str(wheel)])

    # Only what the environment brings: no git, no checkout, and a home of its own.
    variables = {"PATH": str(programs), "HOME": str(own), "LANG": "C.UTF-8"}

    def divide(*arguments: str) -> str:
        return _timed(f"divide {' '.join(arguments)}", [str(programs / "divide"), *arguments], cwd=own, env=variables)

    said = json.loads(_timed("where it is", [str(programs / "python"), "-c", WHERE], cwd=own, env=variables))
    home = Path(said["home"])
    assert Path(said["package"]).is_relative_to(environment), said
    assert home.is_relative_to(own), said
    assert said["git"] is None, said
    assert said["code"] == code_version(), "the code of the wheel is not that of the checkout"

    assert divide("--version").startswith("divide ")
    divide("build")
    assert "meet their contracts" in divide("check")
    assert "supported" in divide("claims")
    assert "was reproduced" in divide("verify", str(home / "publication" / "charts" / "gap_by_income.svg"))
    assert divide("brief", "KEN").startswith("# Kenya")
    assert (home / "publication" / "index.html").is_file()

    began = time.monotonic()
    with ui.started(home, str(programs / "divide"), cwd=own, **variables) as running:
        found = running.ask(JOBS)["repositoriesOrError"]
        assert {"build", "refresh"} <= {job["name"] for node in found.get("nodes", ()) for job in node["jobs"]}, found
    print(f"{time.monotonic() - began:6.1f} s  divide ui")
    for name, size in {"the wheel": _size(wheel), "the environment": _size(environment), "the data": _size(home)}.items():
        print(f"{size / 1e6:6.1f} MB  {name}")


def _size(path: Path) -> int:
    """Return the bytes of a file, or of the files in a folder."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


def _timed(what: str, command: list[str], cwd: Path = PROJECT, env: dict[str, str] | None = None) -> str:
    """Run a command, print how long it took, and return what it wrote."""
    began = time.monotonic()
    ended = subprocess.run(command, cwd=cwd, env={**os.environ} if env is None else env, capture_output=True, text=True, check=False)
    print(f"{time.monotonic() - began:6.1f} s  {what}", flush=True)
    assert ended.returncode == 0, f"{what}: exit code {ended.returncode}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


if __name__ == "__main__":
    main()
