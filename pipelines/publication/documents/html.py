"""A document as one HTML file that loads nothing and prints on A4."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

from pipelines.publication.documents.model import Document, plain
from pipelines.publication.drawings import svg
from pipelines.publication.template_environment import template_environment

TEMPLATES = Path(__file__).parent / "templates"


def html(document: Document) -> bytes:
    """Return a document as one HTML file."""
    return _template().render(brief=document).encode()


@cache
def _template() -> jinja2.Template:
    environment = template_environment(TEMPLATES)
    environment.filters |= {"plain": plain, "svg": svg.render}
    environment.globals["style"] = "".join((TEMPLATES / name).read_text("utf-8") for name in ("lines.css", "brief.css"))
    return environment.get_template("brief.html")
