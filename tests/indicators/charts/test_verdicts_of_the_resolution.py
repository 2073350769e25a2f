from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import claim, table, verdict


class TestVerdictsOfTheResolution(ChartChecks):
    chart = "verdicts_of_the_resolution"
    another = "revised since"

    @staticmethod
    def tables(now="supported"):
        claims = [
            claim("late", 22, 70.5, 71.5, "[70.5, 71.5]"),
            claim("early", 16, 4.0, None, "(4, inf)", unit="ratio"),
            claim("silent", 20, 15.0, 16.0, "(15, 16)"),
        ]
        verdicts = [
            verdict("late", "at adoption", 71.0, "supported"),
            verdict("late", "now", 71.2, now, vintage="2031"),
            verdict("late", "history", 65.0, "not supported", vintage="2029", year=2029),
            verdict("late", "at adoption", 55.5, "not supported", basis="computed"),
            verdict("early", "at adoption", 3.0, "not supported"),
            verdict("silent", "at adoption", None, "not measurable"),
        ]
        return {"claims": table("claims", claims), "verdicts": table("verdicts", verdicts)}


CHART = TestVerdictsOfTheResolution


def test_statements_stand_in_the_order_of_their_paragraphs_and_a_published_figure_goes_before_a_computed_one():
    data = drawn(CHART).data
    assert data["paragraph"].drop_duplicates().tolist() == [16, 20, 22]
    assert data.query("claim == 'late' and moment == 'at adoption'")["value"].tolist() == [71.0]
    assert data.query("claim == 'late' and moment == 'history'")["value"].tolist() == [65.0]


def test_a_statement_without_evidence_keeps_its_row_and_has_no_value():
    silent = drawn(CHART).data.query("claim == 'silent'")
    assert silent["verdict"].tolist() == ["not measurable"]
    assert silent["value"].isna().all()
    assert (
        drawn(CHART).text.title == "1 of 3 statements of the resolution was supported by the figures available to its drafters, 1 was not, "
        "1 could not be determined"
    )
