"""The document of an area: its sections in the order of its page."""

from __future__ import annotations

from pipelines.publication.areas import comparisons, figures, headline, outlook, unknowns
from pipelines.publication.areas.profile import AreaProfile
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.documents.model import Document


def area_document(area: AreaProfile, context: SiteContext) -> Document:
    """Return the document of an area.

    Args:
        area: Its profile.
        context: What it is compared with.
    """
    sentences, made_from = headline.finding(area, context)
    sections = (
        headline.over_time(area, context),
        headline.peers(area, context),
        figures.newest_figures(area, context),
        comparisons.gaps(area, context),
        comparisons.years_behind(area, context),
        comparisons.pace(area, context),
        outlook.projection(area),
        outlook.scenarios(area),
        figures.group_figures(area, context),
        figures.estimates(area, context),
        unknowns.missing_values(area, context) if area.is_economy else unknowns.missing_values_of_members(area, context),
        figures.members(area, context),
        unknowns.revisions(area, context),
    )
    return Document(
        code=area.code,
        title=area.name,
        kind=headline.kind(area),
        finding=sentences,
        finding_from=made_from,
        cards=tuple(headline.cards(area, context)),
        sections=tuple(section for section in sections if section),
    )
