"""The settings of the whole process, set for a test."""

import sys

import pytest

from pipelines.settings import Settings
from pipelines.settings import settings as in_force


def use(patched: pytest.MonkeyPatch, paths: Settings) -> None:
    """Let every module that asks for the settings be given these."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipelines.") and getattr(module, "settings", None) is in_force:
            patched.setattr(module, "settings", lambda: paths)
