from indicators.charts.selection import INTERNET_USE
from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import FACTS, GROUPS, WDI, observation, table


def projection(area, model, horizon, value, half, **more):
    return {
        "indicator": INTERNET_USE, "area": area, "area_kind": "group", "sex": "all", "locality": "all", "age": "all", "model": model,
        "year": 2029 + horizon, "horizon": horizon, "value": value, "lower": None if half is None else value - half,
        "upper": None if half is None else value + half, "interval_coverage": 0.8, "backtest_error": 2.0, "persistence_error": 5.0,
        "line_error": 3.0, "areas_tested": 40.0, "forecasts_tested": 400.0, "beats_no_change": model != "no change", "is_shown": True,
        "last_value": 60.0, "last_year": 2029, "first_year": 2020, "n_values": 10, "source": WDI, "vintage": "2031-07-01",
    } | more  # fmt: skip


class TestInternetUseProjected(ChartChecks):
    chart = "internet_use_projected"
    another = 70.0

    @staticmethod
    def tables(world=66.0):
        newest = {"newest_year": 2030.0, "newest_value": 61.3, "newest_source": FACTS, "newest_vintage": "2030"}
        rows = [
            projection("world", "logistic", 1, 62.0, 3.0),
            projection("world", "logistic", 2, world, 6.0, **newest),
            projection("world", "linear in logit", 1, 63.0, 3.0, backtest_error=2.5),
            projection("world", "linear in logit", 2, 68.0, 6.0, backtest_error=4.5),
            projection("world", "no change", 1, 60.0, 4.0),
            projection("world", "no change", 2, 60.0, 8.0),
            projection("low-income", "logistic", 2, 30.0, 8.0, beats_no_change=False, is_shown=False),
        ]
        past = [observation("world", year, value) for year, value in ((2026, 50.0), (2028, 57.0), (2029, 60.0))]
        return {"projections": table("projections", rows), "observations": table("observations", past), "groups": GROUPS}


CHART = TestInternetUseProjected


def test_a_fan_is_of_the_model_with_the_least_error_and_states_its_back_test():
    chart = drawn(CHART)
    assert set(chart.data["series"]) == {"published", "logistic", "no change", "newest elsewhere"}
    # What another source has since is shown, with its edition, and no projection starts from it.
    newest = chart.data.query("series == 'newest elsewhere'")
    assert newest[["year", "value", "source", "vintage"]].to_numpy().tolist() == [[2030, 61.3, FACTS, "2030"]]
    assert "Ring: the newest figure from another source" in chart.text.subtitle
    assert set(chart.data["area"]) == {"world"}, "a model that does not beat no change is not shown"
    assert chart.text.title.endswith("would use the Internet in 2031, up from 60 in 2029; the range is 60 to 72")
    assert "in 400 forecasts for 40 economies, 2 years ahead, the mean error was 2 points for the model (logistic)" in chart.text.subtitle
    assert "5 points for “no change”" in chart.text.subtitle


def test_a_year_without_a_value_breaks_the_line_of_the_past():
    past = next(line for line in drawn(CHART).figure.axes[0].lines if len(line.get_xdata()) == 4)
    assert [value for value in past.get_ydata() if value == value] == [50.0, 57.0, 60.0]  # 2027 is missing
