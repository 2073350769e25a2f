from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import GapBySex


class TestGapBySex(GapBySex, ChartChecks):
    another = 73.0


def test_gaps_of_economies_of_a_part_of_the_people_and_of_copies_stay_out():
    assert drawn(GapBySex).data[["area", "year", "value_b"]].to_numpy().tolist() == [
        ["world", 2030, 71.0],
        ["low-income", 2030, 18.0],
        ["world", 2029, 65.0],
    ]
