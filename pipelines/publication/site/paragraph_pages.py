"""The page of each paragraph, their list, and the three pages beside them: calendar, what is not measured, ten years before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from indicators.registries.sources import by_age
from pipelines.publication.site import citing, verdict_history_chart
from pipelines.publication.site import statements as told
from pipelines.publication.site.area_profiles import Row, rows
from pipelines.publication.site.environment import render
from pipelines.publication.site.site_context import Known

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]

#: A paragraph's ties to indicators and their breakdowns, the same tie once: it is told once for each action line.
TIES = ["paragraph", "indicator", "breakdown"]


def pages(tables: Tables, known: Known, about: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the address and text of each page.

    Args:
        tables: The published tables by name; used are paragraphs, claims, verdicts, editions, claim_identities, crosswalk, calendar,
            unmeasured and earlier_resolution.
        known: What pages share.
        about: git_sha, selection, is_everything.
    """
    statements = told.statements(tables["claims"], tables["verdicts"])
    through = _through_the_vintages(tables["verdicts"], tables["editions"])
    by_name = {row["claim"]["claim"]: row["claim"] for row in statements}
    identities = [
        row | {"one": told.named(row["claim_a"]), "others": told.named(row["claim_b"])}
        for row in rows(tables["claim_identities"])
        if set(told.named(row["claim_a"]) + told.named(row["claim_b"])) <= set(by_name)
    ]
    ties, calendar = rows(tables["crosswalk"].drop_duplicates(TIES)), rows(tables["calendar"])
    unmeasured, before = rows(tables["unmeasured_topics"]), rows(tables["earlier_resolution"])
    paragraphs = rows(tables["paragraphs"].sort_values("paragraph"))
    adopted = dt.date.fromisoformat(tables["claims"]["adopted"].iloc[0])
    for place, paragraph in enumerate(paragraphs):
        number = paragraph["paragraph"]
        own = [row for row in statements if row["claim"]["paragraph"] == number]
        names = {row["claim"]["claim"] for row in own}
        yield (
            f"paragraphs/{number}.html",
            render(
                "paragraph.html",
                f"paragraphs/{number}.html",
                about,
                paragraph=paragraph,
                adopted=adopted,
                earlier=paragraphs[place - 1]["paragraph"] if place else None,
                later=paragraphs[place + 1]["paragraph"] if place + 1 < len(paragraphs) else None,
                statements=[
                    row
                    | {
                        "vintages": through.get(row["claim"]["claim"], []),
                        "drawing": verdict_history_chart.of(
                            row["claim"], [then for then in through.get(row["claim"]["claim"], []) if then["value"] is not None]
                        ),
                    }
                    for row in own
                ],
                made_of=citing.made_of((then for row in own for then in through.get(row["claim"]["claim"], [])), known.sources),
                claims=by_name,
                identities=[row for row in identities if names & {*row["one"], *row["others"]}],
                ties=[row for row in ties if row["paragraph"] == number and row["indicator"] in known.indicators],
                indicators=known.indicators,
                held=known.figures,
                calendar=[row for row in calendar if row["paragraph"] == number],
                unmeasured=[row for row in unmeasured if str(number) in row["paragraphs"].split(", ")],
                before=[row for row in before if row["counterpart"] in names],
            ),
        )
    listed = [row | {"statements": [one for one in statements if one["claim"]["paragraph"] == row["paragraph"]]} for row in paragraphs]
    yield "paragraphs/index.html", render("paragraphs.html", "paragraphs/index.html", about, listed=listed, adopted=adopted)
    dated = sorted(calendar, key=lambda row: (row["due_year"] is None, row["due_year"] or 0, row["paragraph"]))
    yield "paragraphs/calendar.html", render("calendar.html", "paragraphs/calendar.html", about, calendar=dated)
    yield (
        "paragraphs/unmeasured_topics.html",
        render("unmeasured_topics.html", "paragraphs/unmeasured_topics.html", about, unmeasured=unmeasured, indicators=known.indicators),
    )
    yield (
        "paragraphs/ten-years-before.html",
        render("ten_years_before.html", "paragraphs/ten-years-before.html", about, before=before, claims=by_name),
    )


def _through_the_vintages(verdicts: pd.DataFrame, editions: pd.DataFrame) -> dict[str, list[Row]]:
    """Return the published verdicts of each claim by the age of their vintage, each vintage once."""
    published = verdicts[verdicts["basis"] == "published"]
    ages = editions[["source", "vintage", "rank_by_age"]].drop_duplicates()
    once = published.drop_duplicates(["claim", "source", "vintage"]).merge(ages, on=["source", "vintage"], how="left")
    found: dict[str, list[Row]] = {}
    for row in rows(by_age(once)):
        found.setdefault(row["claim"], []).append(row)
    return found
