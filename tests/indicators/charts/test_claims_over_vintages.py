import re

from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import WDI, claim, table, verdict


class TestClaimsOverVintages(ChartChecks):
    chart = "claims_over_vintages"
    another = "not supported"

    @staticmethod
    def tables(now="supported"):
        claims = [
            claim("late", 22, 70.5, 71.5, "[70.5, 71.5]"),
            claim("lone", 20, 15.0, 16.0, "(15, 16)"),
            claim("early", 16, 4.0, None, "(4, inf)", unit="ratio"),
        ]
        verdicts = [
            verdict("late", "at adoption", 71.0, now),
            verdict("late", "now", 71.0, now),
            verdict("late", "history", 65.0, "not supported", vintage="2029", year=2029),
            verdict("late", "history", 64.0, "not supported", vintage="2031-07-01") | {"source": WDI},
            verdict("late", "at adoption", 55.5, "not supported", basis="computed"),
            verdict("lone", "at adoption", 15.5, "supported"),
            verdict("early", "at adoption", 4.5, "supported"),
            verdict("early", "history", 5.0, "supported", vintage="2029", year=2029),
        ]
        return {"claims": table("claims", claims), "verdicts": table("verdicts", verdicts)}


CHART = TestClaimsOverVintages


def test_each_edition_has_one_figure_for_a_statement_and_one_edition_alone_is_no_history():
    chart = drawn(CHART)
    assert chart.data[["claim", "vintage", "value"]].to_numpy().tolist() == [
        ["early", "2029", 5.0],
        ["early", "2030", 4.5],
        ["late", "2029", 65.0],
        ["late", "2030", 71.0],
    ]
    # Late: 65 did not support it, 71 does; early: both do.
    assert chart.text.title == "By the newest edition, 2 of 2 statements of the resolution hold; by the edition before, 1 did"


def test_every_line_of_an_arabic_page_runs_from_the_right_even_if_it_begins_with_a_number_or_a_latin_name():
    figure = drawn(CHART, language="ar").figure
    lines = [line for text in (*figure.texts, *figure.axes[0].texts) for line in text.get_text().split("\n") if line]
    assert any(re.match("\u200f\\d", line) for line in lines)
    assert all(line.startswith("\u200f") for line in lines)
