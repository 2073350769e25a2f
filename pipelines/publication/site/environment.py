"""The templates of the pages: everything escaped, an unknown name an error, a missing value always written the same way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from indicators.measures import indicator_review
from indicators.registries.sources import vintage_name
from pipelines.publication.site import citing, number_format
from pipelines.publication.site.area_profiles import is_total

#: What stands at the head of every page: the address from the front page's folder, and what it is called.
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
BESIDE = (
    ("indicator_review.html", "Review of the indicators"),
    ("paragraphs/calendar.html", "What is asked, and when"),
    ("paragraphs/unmeasured_topics.html", "What cannot be measured"),
    ("paragraphs/ten-years-before.html", "Ten years before"),
)

FOLDER = Path(__file__).parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """Return the templates with the words they write numbers in."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: number_format.MISSING if value is None or value == "" else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for write in (
        number_format.figure,
        number_format.held,
        number_format.interval,
        number_format.margin,
        number_format.people,
        number_format.size,
        number_format.count,
        number_format.day,
        number_format.years,
        number_format.whom,
        number_format.side,
        number_format.told,
        number_format.nature,
    ):
        made.filters[write.__name__] = write
    made.filters |= {"cited": citing.sentence, "cited_part": citing.part}
    made.filters["slug"] = lambda text: text.replace(" ", "-")
    made.globals |= {
        "vintage_name": vintage_name,
        "missing": number_format.MISSING,
        "is_total": is_total,
        "percent": indicator_review.percent,
    }
    return made


def render(template: str, here: str, about: Mapping[str, Any], **context: Any) -> str:
    """Return a page.

    Args:
        template: The file in `templates/`.
        here: The page's address from the front page's folder.
        about: git_sha, selection, is_everything.
        context: What the template speaks of.
    """
    folder = here.rpartition("/")[0]
    frame = {"root": "../" * here.count("/") or "./", "here": here, "section": f"{folder}/index.html" if folder else here}
    return environment().get_template(template).render(about=about, navigation=NAVIGATION, beside=BESIDE, **frame, **context)
