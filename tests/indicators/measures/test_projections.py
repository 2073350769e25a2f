"""Curves, the line, no change and their back-test, on series whose future is known."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators.contracts.vocabulary import Model
from indicators.measures.projections import projections

quick = settings(max_examples=15, deadline=None)


def series_of(table, first_year=2000, kind="economy"):
    """Series by area, a value a year; None where nothing was reported."""
    rows = [
        {"area": area, "year": year, "value": float(value)}
        for area, values in table.items()
        for year, value in enumerate(values, start=first_year)
        if value is not None
    ]
    rest = {
        "indicator": "use",
        "area_kind": kind,
        "sex": "all",
        "locality": "all",
        "age": "all",
        "source": "s",
        "vintage": "1",
        "note": None,
    }
    return pd.DataFrame(rows, columns=["area", "year", "value"]).assign(**rest)


def logistic(t, level, rate, ceiling=100.0):
    return ceiling / (1 + np.exp(-(level + rate * np.asarray(t, dtype="float64"))))


def gompertz(t, level, rate, ceiling=100.0):
    return ceiling * np.exp(-np.exp(-(level + rate * np.asarray(t, dtype="float64"))))


def values(found, area, model):
    return found[(found["area"] == area) & (found["model"] == model)].sort_values("year")["value"].to_numpy()


def named(count):
    return [f"A{number:02}" for number in range(count)]


AHEAD = np.arange(10, 15)


@pytest.mark.parametrize("ceiling", [100, 80])
@pytest.mark.parametrize(("model", "curve"), [("logistic", logistic), ("gompertz", gompertz)])
def test_a_series_that_lies_on_a_curve_goes_on_along_it(model, curve, ceiling):
    # Ten years from about 12 to about 55 of 100, or to about 63 of 80: no jump, and the last value above 50.
    level = {("logistic", 100): -2.0, ("logistic", 80): -1.5, ("gompertz", 100): -0.75, ("gompertz", 80): -0.6}[model, ceiling]
    rate = {"logistic": 0.3, "gompertz": 0.22}[model]
    found = projections(series_of({"AAA": curve(range(10), level, rate, ceiling)}))
    assert values(found, "AAA", model) == pytest.approx(curve(AHEAD, level, rate, ceiling), abs=1e-6)


def test_below_fifty_the_ceiling_of_a_curve_is_taken_as_100():
    # A curve up to 60, seen only up to 36: with a ceiling of 60 it would reach 52 in five years, with 100 it goes higher.
    seen = logistic(range(10), -2.4, 0.3, 60)
    assert seen[-1] < 50
    found = values(projections(series_of({"AAA": seen})), "AAA", "logistic")
    assert found[-1] > logistic(14, -2.4, 0.3, 60) + 2


@pytest.mark.worked("projections")
def test_the_line_is_straight_in_logits_and_knows_only_the_last_five_years():
    # Logits 0.0, 0.2, 0.4, 0.6, 0.8 in 2005 to 2009, so 1.0 to 1.8 after; what came before was flat.
    recent = logistic(range(5), 0.0, 0.2)
    found = projections(series_of({"AAA": [49.0] * 5 + list(recent)}))
    assert values(found, "AAA", "linear in logit") == pytest.approx(logistic(range(5, 10), 0.0, 0.2))


def test_the_line_may_fall_and_a_curve_may_not():
    falling = list(logistic(range(10), 1.0, -0.1))
    found = projections(series_of({"AAA": falling}))
    assert values(found, "AAA", "linear in logit") == pytest.approx(logistic(AHEAD, 1.0, -0.1))
    curves = found[found["model"].isin(["logistic", "gompertz"])]
    assert curves["value"].isna().all()
    assert set(curves["reason"]) == {"does not grow along such a curve"}


def test_no_change_is_the_last_value_in_every_year():
    found = projections(series_of({"AAA": [10, None, 30, None]}))
    assert values(found, "AAA", "no change").tolist() == [30] * 5
    assert found["year"].drop_duplicates().tolist() == [2003, 2004, 2005, 2006, 2007]


def test_seven_values_make_no_curve_and_eight_do():
    found = projections(series_of({"AAA": range(20, 27), "BBB": range(20, 28)}))
    short = found[(found["area"] == "AAA") & (found["model"] == "gompertz")]
    assert short["value"].isna().all()
    assert set(short["reason"]) == {"7 values; a curve needs 8"}
    assert np.isfinite(values(found, "BBB", "gompertz")).all()


def test_one_value_in_five_years_makes_no_line():
    found = projections(series_of({"AAA": [10, None, None, None, None, 20]}))
    line = found[found["model"] == "linear in logit"]
    assert line["value"].isna().all()
    assert set(line["reason"]) == {"fewer than two values in the last 5 years"}


def test_nothing_is_fitted_through_a_break_and_the_row_says_so():
    # China, 2022 to 2024: 75.6, 90.6, 92.0.
    found = projections(series_of({"CHN": [*np.linspace(50, 75.6, 13), 90.6, 92.0]}, first_year=2010))
    curve = found[found["model"] == "logistic"].iloc[0]
    assert pd.isna(curve["value"])
    assert curve["reason"] == "2 values since 2023 (a jump of 15.0 to 2023); a curve needs 8"
    # Two values since the break decide the line: logits 2.2659 and 2.4423, so 2.6188 next, which is 93.21.
    assert values(found, "CHN", "linear in logit")[0] == pytest.approx(93.21, abs=0.01)
    assert (found["first_year"] == 2023).all()


def test_a_forecast_is_not_scored_across_a_break():
    # Up by 1 a year for ten years, a jump of 20, up by 1 for ten: no change misses by 1, never by 20.
    rising = [*range(20, 30), *range(50, 60)]
    found = projections(series_of(dict.fromkeys(named(30), rising)))
    assert found.loc[(found["model"] == "no change") & (found["horizon"] == 1), "persistence_error"].unique().tolist() == [1.0]


@pytest.mark.worked("projections")
def test_the_back_test_of_no_change_by_hand():
    # Thirty economies that gain 2 points a year: after h years no change is 2 h too low, always, and the interval says so.
    found = projections(series_of({area: range(20, 50, 2) for area in named(30)}))
    rows = found[(found["model"] == "no change") & (found["area"] == "A00")]
    assert rows["backtest_error"].tolist() == [2, 4, 6, 8, 10]
    assert rows["persistence_error"].tolist() == [2, 4, 6, 8, 10]
    assert rows["lower"].tolist() == rows["upper"].tolist() == [50, 52, 54, 56, 58]
    assert rows["bias"].tolist() == [2, 4, 6, 8, 10]
    assert rows["reason"].iloc[0] == "the interval is higher than the value: the model has mostly been too low (mean error 2.0 points)"
    # 15 values; origins from the eighth: 7 forecasts one year ahead, 3 five years ahead, of each of 30 economies.
    assert rows["forecasts_tested"].tolist() == [210, 180, 150, 120, 90]
    # Of forecasts over four years and more, none was made after another's outcome was known.
    assert rows["interval_coverage"].tolist() == pytest.approx([1, 1, 1, np.nan, np.nan], nan_ok=True)
    assert not rows["beats_no_change"].any()
    assert rows["is_shown"].all()


def test_the_back_test_knows_nothing_later_than_its_origin():
    # What the projection of the series cut off at each origin says of the next years, against what came.
    noise = np.random.default_rng(3).normal(0, 1, 16)
    seen = np.clip(logistic(range(16), -1.8, 0.2) + noise, 0, 100)
    whole = projections(series_of({"AAA": seen})).set_index(["model", "horizon"])
    cuts = [projections(series_of({"AAA": seen[:size]})).set_index(["model", "horizon"])["value"] for size in range(8, 16)]
    for model in Model:
        for ahead in (1, 3, 5):
            missed = [abs(seen[7 + place + ahead] - cut[model, ahead]) for place, cut in enumerate(cuts[: 9 - ahead])]
            assert whole.loc[(model, ahead), "own_error"] == pytest.approx(np.nanmean(missed))


def test_a_model_that_beats_no_change_is_shown_and_one_that_does_not_says_by_how_much():
    growing = {area: logistic(range(16), -2 + number / 30, 0.25) for number, area in enumerate(named(30))}
    found = projections(series_of(growing))
    assert found.loc[found["model"] != "no change", "beats_no_change"].all()
    # Up and down by 3 points around 60: whoever follows a trend does worse than whoever follows none.
    trembling = {area: [60 + 3 * (-1) ** year for year in range(16)] for area in named(30)}
    found = projections(series_of(trembling))
    line = found[(found["model"] == "linear in logit") & (found["horizon"] == 2)].iloc[0]
    # Two years on, the value is the same again: no change is exact.
    assert line["persistence_error"] == 0
    assert line["backtest_error"] > 0
    assert not line["beats_no_change"]
    assert not line["is_shown"]
    assert line["reason"].startswith("does not beat no change: misses by ")


def test_a_curve_that_beats_no_change_but_not_the_line_is_not_shown():
    # Straight in logits for ever, from far below: the line is exact; the gompertz curve bends.
    straight = {area: logistic(range(16), -2 + number / 30, 0.25) for number, area in enumerate(named(30))}
    found = projections(series_of(straight))
    curve = found[(found["model"] == "gompertz") & (found["horizon"] == 5)]
    assert curve["beats_no_change"].all()
    assert not curve["is_shown"].any()
    assert curve["reason"].str.startswith("beats no change but not the straight line in logits").all()


def test_thirty_economies_decide_and_twenty_nine_do_not_nor_do_groups():
    series = {area: logistic(range(16), -2, 0.25) for area in named(30)}
    assert projections(series_of(series))["lower"].notna().all()
    few = projections(series_of({area: series[area] for area in named(29)}))
    assert few["lower"].isna().all()
    assert not few["beats_no_change"].any()
    assert (few["reason"] == "back-test over 29 areas only; at least 30 are needed").all()
    groups = projections(series_of(series, kind="group"))
    assert (groups["reason"] == "back-test over 0 areas only; at least 30 are needed").all()
    assert groups["own_error"].notna().all()


def test_groups_are_judged_by_the_economies():
    series = {area: logistic(range(16), -2, 0.25) for area in named(30)}
    both = pd.concat([series_of(series), series_of({"world": [50, 51, 52]}, kind="group")])
    found = projections(both)
    world = found[(found["area"] == "world") & (found["model"] == "linear in logit")]
    assert world["beats_no_change"].all()
    assert world["own_error"].isna().all()


def test_0_and_100_are_projected_and_stay_within_the_scale():
    found = projections(series_of({"NUL": [0] * 12, "ALL": [100] * 12, "UP": [*range(89, 100), 100]}))
    assert found["value"].dropna().between(0, 100).all()
    assert values(found, "NUL", "no change").tolist() == [0] * 5
    assert values(found, "ALL", "no change").tolist() == [100] * 5


def test_an_interval_stays_within_0_and_100():
    # Up by 2 a year to 98: in two years no change would have been 4 too low, but 102 is not a share.
    found = projections(series_of(dict.fromkeys(named(30), range(70, 100, 2))))
    rows = found[(found["model"] == "no change") & (found["area"] == "A00")]
    assert rows["upper"].tolist() == [100] * 5
    assert found["lower"].max() <= 100


def test_an_interval_below_its_value_says_that_the_model_has_been_too_high():
    # Down by 2 points a year: after three years no change is 6 too high, always.
    found = projections(series_of({area: range(80, 50, -2) for area in named(30)}))
    row = found[(found["model"] == "no change") & (found["horizon"] == 3)].iloc[0]
    assert (row["value"], row["upper"], row["bias"]) == (52, 46, -6)
    assert row["reason"] == "the interval is lower than the value: the model has mostly been too high (mean error -6.0 points)"


def test_an_interval_around_its_value_says_nothing_and_one_that_was_not_tested_has_no_bias():
    trembling = {area: [60 + 3 * (-1) ** year for year in range(16)] for area in named(30)}
    rows = projections(series_of(trembling))
    assert rows.loc[(rows["model"] == "no change") & (rows["horizon"] == 2), "reason"].isna().all()
    assert projections(series_of({"AAA": range(20, 50, 2)}))["bias"].isna().all()


def test_the_newest_figure_of_another_edition_is_shown_and_not_projected_from():
    series = series_of({"AAA": range(20, 35), "BBB": range(20, 35)})
    key = {"indicator": "use", "sex": "all", "locality": "all", "age": "all"}
    stated = [
        {"area": "AAA", "newest_year": 2016, "newest_value": 41.0, "newest_source": "t", "newest_vintage": "2"},
        # The last year of the series itself is nothing newer.
        {"area": "BBB", "newest_year": 2014, "newest_value": 34.0, "newest_source": "s", "newest_vintage": "1"},
    ]
    found = projections(series, pd.DataFrame(stated).assign(**key))
    pd.testing.assert_frame_equal(found[projections(series).columns], projections(series))
    beside = found.groupby("area")[["newest_year", "newest_value", "newest_source", "newest_vintage"]].first()
    assert beside.loc["AAA"].tolist() == [2016, 41, "t", "2"]
    assert beside.loc["BBB"].isna().all()
    with pytest.raises(ValueError, match="newest figures: 1 rows are there twice"):
        projections(series, pd.DataFrame([*stated, stated[0]]).assign(**key))


def test_breakdowns_are_judged_apart():
    rising = series_of({area: range(20, 50, 2) for area in named(30)})
    flat = series_of({area: [40] * 15 for area in named(30)}).assign(sex="female")
    found = projections(pd.concat([rising, flat]))
    errors = found[(found["model"] == "no change") & (found["horizon"] == 1)].groupby("sex")["persistence_error"].unique()
    assert errors["all"].tolist() == [2]
    assert errors["female"].tolist() == [0]


def test_no_series_no_projections():
    assert projections(series_of({})).empty
    assert projections(series_of({"AAA": [np.nan]})).empty


def test_two_values_for_one_year_and_what_is_no_share_are_refused():
    with pytest.raises(ValueError, match="values of a series: 1 rows are there twice"):
        projections(pd.concat([series_of({"AAA": [10]}), series_of({"AAA": [11]})]))
    with pytest.raises(ValueError, match=r"use of AAA is -1\.0 in 2000, which is no share"):
        projections(series_of({"AAA": [-1]}))


def by_loops(seen, model):
    """The forecasts of one series without a break, by plain loops over the ceilings and the library's polynomial fit."""
    years, last = np.arange(len(seen)) - (len(seen) - 1.0), seen[-1]
    ahead = np.arange(1, 6)
    if model == "linear in logit":
        shares = np.clip(seen[-5:], 0.5, 99.5)
        slope, level = np.polyfit(years[-5:], np.log(shares / (100 - shares)), 1)
        return logistic(ahead, level, slope)
    best, forecast = np.inf, np.full(5, np.nan)
    for ceiling in np.arange(52.5, 100.1, 2.5):
        if ceiling < 100 and (last < 50 or max(seen) > ceiling):
            continue
        y, end = np.clip(seen, 0.5, ceiling - 0.5), min(max(last, 0.5), ceiling - 0.5)
        if model == "logistic":
            straight, weight, back = (lambda y, k=ceiling: np.log(y / (k - y))), y * (ceiling - y) / ceiling, logistic
        else:
            straight, weight, back = (lambda y, k=ceiling: -np.log(np.log(k / y))), y * np.log(ceiling / y), gompertz
        slope, level = np.polyfit(years, straight(y), 1, w=weight)
        squares = ((seen - back(years, level, slope, ceiling)) ** 2).sum()
        if slope > 1e-9 and squares < best:
            best, forecast = squares, back(ahead, straight(end), slope, ceiling)
    return forecast


def random_series(count, years, seed):
    """Series that grow by -2 to 6 points a year, without a jump."""
    steps = np.random.default_rng(seed).uniform(-2, 6, (count, years - 1))
    starts = np.random.default_rng(seed + 1).uniform(1, 60, (count, 1))
    return np.clip(np.hstack([starts, starts + steps.cumsum(axis=1)]), 0, 100)


@pytest.mark.parametrize(("count", "years"), [(3, 8), (120, 14)])
@pytest.mark.parametrize("model", ["logistic", "gompertz", "linear in logit"])
def test_all_series_at_once_are_each_series_by_itself(count, years, model):
    seen = random_series(count, years, seed=7)
    found = projections(series_of({f"A{number:03}": row for number, row in enumerate(seen)}))
    for number, row in enumerate(seen):
        assert values(found, f"A{number:03}", model) == pytest.approx(by_loops(row, model), abs=1e-5, nan_ok=True)


@quick
@given(st.lists(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=20), min_size=1, max_size=4))
def test_whatever_the_series_what_is_projected_is_a_share_and_what_is_not_has_a_reason(table):
    series = series_of(dict(zip(named(4), table, strict=False)))
    assume(len(series))
    found = projections(series)
    assert len(found) == series["area"].nunique() * len(Model) * 5
    assert found["value"].dropna().between(0, 100).all()
    assert found.loc[found["value"].isna(), "reason"].notna().all()
    assert not (found["beats_no_change"] & (found["areas_tested"].fillna(0) < 30)).any()


def test_the_order_of_rows_and_the_series_beside_it_do_not_matter():
    seen = random_series(6, 12, seed=5)
    series = series_of(dict(zip(named(6), seen, strict=True)))
    found = projections(series.sample(frac=1, random_state=4))
    alone = projections(series[series["area"] == "A03"])
    pd.testing.assert_frame_equal(found, projections(series))
    assert found.loc[found["area"] == "A03", "value"].tolist() == pytest.approx(alone["value"].tolist(), nan_ok=True)


def test_work_in_blocks_comes_to_the_same(monkeypatch):
    series = series_of({f"A{number:03}": row for number, row in enumerate(random_series(40, 12, seed=9))})
    whole = projections(series)
    monkeypatch.setattr("indicators.measures.projections._BLOCK", 50)
    pd.testing.assert_frame_equal(projections(series), whole)
