"""The page of an economy or group, and the list of them all."""

from __future__ import annotations

from pipelines.publication.areas.document import area_document
from pipelines.publication.areas.profile import AreaProfile
from pipelines.publication.areas.site_context import SiteContext
from pipelines.publication.page_citation import origin
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.site.environment import render
from pipelines.publication.site.search_index import other_names, region
from pipelines.publication.tables import rows_by

#: The headings of the list, by the scheme of a group; in this order.
SCHEMES = {
    "world": "The world",
    "income": "World Bank income groups",
    "income union": "Unions of World Bank income groups",
    "itu region": "ITU regions",
    "ldc": "Countries in special situations",
    "lldc": "Countries in special situations",
    "sids": "Countries in special situations",
}
_ECONOMIES, _OTHERS = "Economies", "Other groups"


def page(area: AreaProfile, context: SiteContext, info: PublicationInfo) -> str:
    """Return the page of an economy or group."""
    document = area_document(area, context)
    return render(
        "area.html",
        area.page,
        info,
        cite=f"{area.name}: connectivity",
        made_from=origin(document.made_from, context.sources),
        document=document,
    )


def index(context: SiteContext, info: PublicationInfo) -> str:
    """Return the list of all economies and groups, each with its newest figure of Internet use."""
    by_heading = rows_by(context.areas.values(), _heading)
    order = [*dict.fromkeys(SCHEMES.values()), _OTHERS, _ECONOMIES]
    return render(
        "areas.html",
        "areas/index.html",
        info,
        listed=[(heading, by_heading[heading]) for heading in order if heading in by_heading],
        internet_use=context.internet_use,
        groups=context.groups_with_members,
        searched={code: f"{area.name} {other_names(area)} {region(area)}" for code, area in context.areas.items()},
    )


def _heading(area: AreaProfile) -> str:
    return _ECONOMIES if area.is_economy else SCHEMES.get(area.scheme or "", _OTHERS)
