from tests.support.chart_checks import ChartChecks, drawn
from tests.support.chart_world import ECONOMIES, GROUPS, MEMBERS, observation, table


class TestPriceAgainstIncome(ChartChecks):
    chart = "price_against_income"
    another = 1.5

    @staticmethod
    def tables(kenya=6.0):
        values = {"KEN": (2030, kenya), "SOM": (2030, 0.05), "FRA": (2030, 1.0), "DEU": (2029, 1.0)}
        basket = {
            "indicator": "price_fixed_broadband_basket", "unit": "% of monthly GNI per capita", "source": "itu-price-baskets",
            "vintage": "2031-12-02",
        }  # fmt: skip
        rows = [observation(iso3, year, value, **basket) for iso3, (year, value) in values.items()]
        current = table("current_observations", rows)
        return {"current_observations": current, "memberships": MEMBERS, "groups": GROUPS, "economies": ECONOMIES}


CHART = TestPriceAgainstIncome


def test_a_price_at_the_line_is_affordable_and_an_older_one_is_left_out():
    chart = drawn(CHART, 2.0)
    # Germany's price is of 2029; three of four economies have 2030.
    assert chart.data["area"].tolist() == ["FRA", "SOM", "KEN"]
    assert chart.data["affordable"].all()
    assert (
        chart.text.title
        == "Fixed broadband (5 GB) costs at most 2 per cent of income in 3 of 3 economies in 2030, and in 2 of 2 low-income ones"
    )
    assert "in 1 of 2 low-income ones" in drawn(CHART, 2.01).text.title
    assert "Prices below 0.1 are drawn at 0.1." in chart.text.subtitle
