"""What the Dagster UI says of each asset, from `asset_descriptions.toml`; without Dagster, since messages of checks need it too."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def described(asset: str, *paragraphs: str, published: str = "") -> str:
    """Return what an asset is, as Markdown: what `asset_descriptions.toml` says of it, then `paragraphs`, then where to look.

    Args:
        asset: Its name.
        paragraphs: What else is to be said; empty ones are left out.
        published: Under which names it lies in the publication.
    """
    entry = entries().get(asset, {})
    next_ones = ", ".join(f"[{name}](/assets/{name})" for name in entry.get("next", ()))
    ends = [
        f"**Made in** `{entry['made_in']}`." if "made_in" in entry else "",
        f"**Published as** {published}." if published else "",
        f"**Look next at** {next_ones}." if next_ones else "",
    ]
    return "\n\n".join(text for text in (entry.get("tells", ""), entry.get("more", ""), *paragraphs, *ends) if text)


def made_in(asset: str) -> str:
    """Return the file that decides the rows of a table: where to look first if they are wrong."""
    return str(entries()[asset]["made_in"])


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Return what `asset_descriptions.toml` says, by asset."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
