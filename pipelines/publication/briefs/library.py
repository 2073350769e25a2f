"""The briefs of a publication."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.publication.areas.document import area_document
from pipelines.publication.areas.site_context import SiteContext, site_context
from pipelines.publication.briefs.excerpt import brief
from pipelines.publication.documents.model import Document
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.tables import Tables


@dataclass(frozen=True)
class Library:
    """All areas with a page, and the publication they belong to."""

    context: SiteContext
    info: PublicationInfo

    def brief(self, code: str) -> Document:
        """Return the brief of an area by its code."""
        return brief(area_document(self.context.areas[code], self.context), self.context, self.info)


def library(tables: Tables, info: PublicationInfo) -> Library:
    """Return the briefs of a publication.

    Args:
        tables: Its tables.
        info: What it says of itself.
    """
    return Library(site_context(tables), info)
