"""Where tests find files: the project, its own test data, and files of publishers that may lie beside a checkout."""

from collections.abc import Sequence
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]

#: Small files of the project's own, in the layouts that publishers use, with rows that must be refused.
DATA = PROJECT / "tests" / "data"

#: Small files of the project's own that are sound: names, folders, layouts and peculiarities are those of `GENUINE`, the numbers invented.
SMALL = DATA / "small"

#: Files beside the checkout; a test that needs them is skipped where they are absent.
SHARED = PROJECT.parent / "shared"
GENUINE = SHARED / "real"


def both(name: str, small: Sequence[object] = (), genuine: Sequence[object] = ()) -> list:
    """Return the parameters of a test that reads a small file, and the genuine one of the same name where it is present.

    Args:
        name: path below `SMALL` and `GENUINE`.
        small: what the test expects of the small file, counted by hand.
        genuine: what it expects of the genuine file.
    """
    return [pytest.param(SMALL / name, *small, id=f"small-{name}"), genuine_only(name, *genuine)]


def genuine_only(name: str, *expected: object) -> object:
    """Return the parameters of a test that reads a genuine file; it is skipped where the file is absent."""
    path = GENUINE / name
    absent = pytest.mark.skipif(not path.is_file(), reason=f"the genuine file is not beside the project ({path})")
    return pytest.param(path, *expected, marks=absent, id=f"genuine-{name}")


def small_files() -> list[Path]:
    """Return every small file of the project, sound or not."""
    return sorted(path for path in DATA.rglob("*") if path.is_file())
