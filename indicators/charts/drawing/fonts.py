"""The font for Chinese, which DejaVu Sans, the font of matplotlib, has no characters for."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING

from indicators.contracts.vocabulary import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Sans-serif fonts for simplified Chinese, by their names on common systems, best first; of fonts for several languages, the one with the
#: forms of mainland China.
_CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Microsoft YaHei", "Hiragino Sans GB",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Heiti SC", "SimHei", "Droid Sans Fallback", "AR PL UMing CN", "Arial Unicode MS",
)  # fmt: skip


class NoFont(ValueError):
    """No font of this machine has the characters of a language; the message says what to install."""


def font_for(language: str) -> str:
    """Return the name of the font that a language needs in addition to DejaVu Sans; empty if it needs none.

    Raises:
        NoFont: No font of this machine has the characters.
    """
    if language != Language.CHINESE:
        return ""
    if not (font := _first_of(_CHINESE, _names())):
        raise NoFont(
            "no font here has the Chinese characters, so no PNG can be drawn; install one, such as Debian’s fonts-noto-cjk "
            "or fonts-wqy-microhei (an SVG needs none)"
        )
    return font


def _first_of(wanted: Iterable[str], installed: set[str]) -> str:
    return next((name for name in wanted if name in installed), "")


@functools.cache
def _names() -> set[str]:
    """Return the names of the fonts of this machine, including those installed since matplotlib last looked."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    listed = {str(entry.fname) for entry in manager.ttflist}
    for path in map(str, font_manager.findSystemFonts()):
        if path not in listed:
            try:
                manager.addfont(path)
            except (OSError, RuntimeError) as error:
                logging.getLogger(__name__).info("%s cannot be read as a font: %s", path, error)
    return {entry.name for entry in manager.ttflist}
