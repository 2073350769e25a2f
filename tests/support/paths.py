"""Where tests find files: the project, its own test data, and figures that may lie beside a checkout."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

#: Small files of the project's own, in the layouts that publishers use.
DATA = PROJECT / "tests" / "data"

#: Files beside the checkout; a test that needs them is skipped where they are absent.
SHARED = PROJECT.parent / "shared"
REAL = SHARED / "real"
FIGURES = SHARED / "figures"
