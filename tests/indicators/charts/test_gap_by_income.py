from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import GROUPS, WDI, gap, table


class TestGapByIncome(ChartChecks):
    chart = "gap_by_income"
    another = 29.0

    @staticmethod
    def tables(newest=24.0):
        rows = [
            gap("income", "high-income", "low-income", 94.0, newest, 2030, "2030", half=0.05),
            gap("income", "high-income", "low-income", 92.0, 23.0, 2028, "2030", half=0.05),
            gap("income", "high-income", "low-income", 93.0, 27.0, 2029, "2029"),
            gap("income", "high-income", "low-income", 93.0, 26.0, 2029, "2031-07-01", source=WDI),
        ]
        return {"gaps": table("gaps", rows), "groups": GROUPS}


CHART = TestGapByIncome


def test_editions_stand_apart_and_a_change_is_stated_within_one_only():
    chart = drawn(CHART)
    assert chart.data["block"].tolist() == ["Edition 2030", "Edition 2030", "Edition 2029"]
    # 92 - 23 = 69 points in 2028 and 94 - 24 = 70 in 2030, both of edition 2030; the 66 of edition 2029 is not part of it.
    # The ratios are 92 / 23 = 4.00 and 94 / 24 = 3.92.
    assert "since 2028 the gap widened, from 69.0 points to 70.0, as the ratio went from 4.00 to 3.92" in chart.text.title
    assert not any(len(line.get_xdata()) > 2 for axes in chart.figure.axes for line in axes.lines)


def test_a_change_within_rounding_is_no_change():
    assert "hardly changed" in drawn(CHART, 25.05).text.title
