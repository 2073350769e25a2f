"""How templates are read, on the site, in briefs and in drawings: what they show is escaped, and a name they do not know is an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2


def template_environment(folder: Path, finalize: Callable[[object], object] | None = None) -> jinja2.Environment:
    """Return the templates of a folder, with the filters that all of them share.

    Args:
        folder: Where the templates are.
        finalize: Turns each value into what a template writes; None: as it is.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"slug": lambda text: text.replace(" ", "-"), "type_name": lambda part: type(part).__name__}
    return environment
