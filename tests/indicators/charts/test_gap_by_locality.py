from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import GROUPS, gap, table


class TestGapByLocality(ChartChecks):
    chart = "gap_by_locality"
    another = 62.0

    @staticmethod
    def tables(rural=58.2):
        rows = [
            gap("locality", "urban", "rural", 85.4, rural, 2030, "2030", half=0.05),
            gap("locality", "urban", "rural", 54.7, 20.9, 2030, "2030", area="itu-africa", half=0.05),
            gap("locality", "urban", "rural", 50.7, 19.9, 2029, "2030", area="itu-africa", half=0.05),
            gap("locality", "urban", "rural", 50.0, 10.0, 2029, "2029", area="low-income"),
        ]
        return {"gaps": table("gaps", rows), "groups": GROUPS}


CHART = TestGapByLocality


def test_each_area_shows_its_newest_year_of_the_newest_edition():
    chart = drawn(CHART)
    assert chart.data[["area", "year", "vintage"]].to_numpy().tolist() == [["world", 2030, "2030"], ["itu-africa", 2030, "2030"]]
    assert "widest in Africa: 33.8 points" in chart.text.title  # 54.7 - 20.9


def test_numbers_follow_the_language_and_stay_the_same_figures():
    english, french = drawn(CHART), drawn(CHART, language="fr")
    assert "85,4" in french.text.title
    assert french.text.title.count("\u00a0%") == 2
    same = [name for name in english.data if name not in ("block", "label")]
    assert french.data[same].equals(english.data[same])
