"""The templates of the pages: everything is escaped, an unknown name is an error, a missing value is always written the same way."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

from indicators.measures.indicator_review import percent
from indicators.registries.sources import vintage_name
from pipelines.publication import number_format
from pipelines.publication.drawings import svg
from pipelines.publication.drawings.line_chart import Sparkline
from pipelines.publication.page_citation import Origin, citation
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.template_environment import template_environment

#: The links at the head of every page: the address from the front page's folder, and its name.
NAVIGATION = (
    ("index.html", "Verdicts"),
    ("paragraphs/index.html", "Paragraphs"),
    ("indicators/index.html", "Indicators"),
    ("areas/index.html", "Economies"),
    ("data-gaps.html", "Data gaps"),
    ("revisions.html", "Revisions"),
    ("sources.html", "Sources"),
    ("methods.html", "Methods"),
)

#: Pages that other pages lead to, at the foot of every one.
MORE_PAGES = (
    ("indicator_review.html", "Review of the indicators"),
    ("paragraphs/calendar.html", "Calendar of requests"),
    ("paragraphs/unmeasured_topics.html", "Topics not measured"),
    ("paragraphs/earlier-resolution.html", "The resolution of 2015"),
)

FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """Return the templates, with the functions that write numbers as their filters."""
    made = template_environment(FOLDER, finalize=_written)
    made.filters |= {name: function for name, function in vars(number_format).items() if name.startswith("format_")}
    made.filters |= {"svg": svg.render, "percent": percent}
    made.tests["sparkline"] = lambda part: isinstance(part, Sparkline)
    made.globals |= {"vintage_name": vintage_name, "missing": number_format.MISSING}
    return made


def _written(value: object) -> object:
    """Return a value as a template writes it; markup, such as that of a macro, may be empty."""
    return number_format.MISSING if value is None or (value == "" and not hasattr(value, "__html__")) else value


def render(
    template: str, address: str, info: PublicationInfo, *, cite: str = "", made_from: Origin | None = None, **context: object
) -> str:
    """Return a page.

    Args:
        template: The file in `templates/`.
        address: The page's address from the front page's folder.
        info: The publication.
        cite: The title under which the page is cited; empty where the template cites it by its own title.
        made_from: The vintages that the page is made from, for its citation.
        context: The names that the template uses.
    """
    folder = address.rpartition("/")[0]
    return (
        environment()
        .get_template(template)
        .render(
            info=info,
            navigation=NAVIGATION,
            more_pages=MORE_PAGES,
            root="../" * address.count("/") or "./",
            address=address,
            section=f"{folder}/index.html" if folder else address,
            cited_as=citation(cite, info, made_from) if cite else "",
            title_citation=lambda title: citation(title, info),
            made_from=made_from,
            **context,
        )
    )
