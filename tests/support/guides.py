"""The how-to guides as programs: their blocks are written to, or run in, a copy of the project.

A block after "Write `path`" is a file. One after "Append to `path`" is added at the end of a file, one after "Insert into `path` before
`text`" before the first such text. A block of `sh` is run. All other blocks are only read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import PROJECT

GUIDES = PROJECT / "docs" / "how-to"

#: A command of a guide may take this long, seconds.
LONGEST = 1800

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"\b(Write|Append to|Insert into)\s`([^`\s]+)`(?:\sbefore\s`([^`]+)`)?")
#: What a copy of the project does without.
_LEFT_OUT = shutil.ignore_patterns("__pycache__", ".*_cache", "*.egg-info")


@dataclass(frozen=True)
class Step:
    """One block of a guide: what it holds, the file it goes to, "" for commands, and where in it: "Write", "Append to" or "Insert into"."""

    content: str
    path: str = ""
    verb: str = ""
    before: str = ""


@dataclass(frozen=True)
class Ended:
    """How the commands of one block ended: the exit status and everything they printed."""

    status: int
    said: str


def steps(guide: str) -> list[Step]:
    """Return the steps of `docs/how-to/<guide>.md` in order."""
    text = (GUIDES / f"{guide}.md").read_text("utf-8")
    found, end = [], 0
    for block in _FENCE.finditer(text):
        language, content = block.groups()
        places = _PLACE.findall(text[end : block.start()])
        end = block.end()
        if language == "sh":
            found.append(Step(content))
        elif places:
            verb, path, before = places[-1]
            found.append(Step(content, path, verb, before))
    return found


def files(guide: str) -> list[str]:
    """Return the files of the project that a guide writes or appends to."""
    return list(dict.fromkeys(step.path for step in steps(guide) if step.path))


class Copy:
    """A copy of the project, as a fresh clone would be, that shares the environment of the tests."""

    def __init__(self, folder: Path) -> None:
        """Make the copy in a folder that does not exist."""
        shutil.copytree(PROJECT, folder, ignore=self._not_of_the_project)
        self.folder = folder
        # What `make` sets up is there and is newer than what it is made from, or `make` would install the copy into this environment.
        environment = folder / ".venv"
        environment.mkdir()
        for shared in Path(sys.prefix).iterdir():
            if shared.name != ".ready":
                (environment / shared.name).symlink_to(shared)
        if (PROJECT / ".uv").exists():
            (folder / ".uv").symlink_to(PROJECT / ".uv")
        (environment / ".ready").touch()

    @staticmethod
    def _not_of_the_project(folder: str, names: list[str]) -> set[str]:
        ignored = set(_LEFT_OUT(folder, names))
        if Path(folder) == PROJECT:
            ignored |= set(names) & {".git", ".venv", ".venv-peers", ".uv", "data", "dist"}
        return ignored

    def run(self, commands: str, **environment: str) -> Ended:
        """Run the commands of one block with bash, which stops at the first that fails."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DIVIDE_", "DAGSTER_", "PYTEST_", "COV_"))}
        # The environment knows the project by its own folder: the copy goes first.
        variables = kept | {"PYTHONPATH": str(self.folder), "COLUMNS": "200"} | environment
        command = ["bash", "-euo", "pipefail", "-c", commands]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        return Ended(done.returncode, done.stdout)

    def python(self, code: str) -> str:
        """Run Python in the copy and return what it printed, failing if it fails."""
        ended = self.run(f".venv/bin/python - <<'END'\n{code}\nEND")
        assert ended.status == 0, ended.said
        return ended.said

    def write(self, step: Step) -> None:
        """Write one file of a guide, or into one."""
        path = self.folder / step.path
        path.parent.mkdir(parents=True, exist_ok=True)
        content = step.content
        if step.verb == "Append to":
            # Two empty lines stand between the parts of a module, one between those of any other file.
            content = path.read_text("utf-8") + ("\n\n" if path.suffix == ".py" else "\n") + content
        elif step.verb == "Insert into":
            above, found, below = path.read_text("utf-8").partition(step.before)
            assert found, f"{step.before!r} is not in {step.path}"
            content = above + content + found + below
        path.write_text(content, "utf-8")

    def follow(self, guide: str) -> list[Ended]:
        """Take every step of a guide and return how its commands ended; each must end well."""
        ended = []
        for step in steps(guide):
            if step.path:
                self.write(step)
            else:
                ended.append(self.run(step.content))
                assert ended[-1].status == 0, f"{step.content}\n{ended[-1].said}"
        return ended
