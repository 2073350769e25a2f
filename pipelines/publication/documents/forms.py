"""The self-contained forms of a document, by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.publication.documents.html import html
from pipelines.publication.documents.markdown import markdown
from pipelines.publication.documents.model import Document
from pipelines.publication.documents.pdf import pdf

FORMS: dict[str, Callable[[Document], bytes]] = {"md": markdown, "html": html, "pdf": pdf}
