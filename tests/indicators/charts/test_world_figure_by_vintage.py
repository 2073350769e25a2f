from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import FACTS, observation, table


class TestWorldFigureByVintage(ChartChecks):
    chart = "world_figure_by_vintage"
    another = 67.1

    @staticmethod
    def tables(later=69.2):
        rows = [
            observation("world", 2028, 60.0, vintage="2029-10-01"),
            observation("world", 2019, 31.0, vintage="2029-10-01"),
            observation("world", 2029, 65.4, vintage="2029-10-01"),
            observation("world", 2029, later, vintage="2030-04-01"),
            observation("world", 2029, 66.0, half=0.5, source=FACTS, vintage="2029"),
        ]
        return {"observations": table("observations", rows)}


CHART = TestWorldFigureByVintage


def test_a_move_between_vintages_is_counted_only_beyond_rounding():
    # 65.4 is at most 65.45, 69.2 at least 69.15: whatever was rounded, the year moved by 3.7 points.
    assert "for 2029 by at least 3.7 points: from 65.4 to 69.2 per cent" in drawn(CHART).text.title


def test_stray_early_years_do_not_stretch_the_scale():
    assert drawn(CHART).data["year"].tolist() == [2029, 2028, 2029, 2029]
