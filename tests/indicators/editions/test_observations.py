"""Every published row becomes one observation with what its printed form allows, or is refused with the reason."""

import functools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import readers
from indicators.contracts.validation import contract_problems
from indicators.editions.observations import KEY, observations, observations_and_quarantine, one_of_each
from indicators.registries.sources import sources
from tests.support.paths import DATA, PROJECT, SHARED, both


def read(rows, source="world-bank-wdi"):
    return observations(rows, source=sources()[source], vintage="2026-04-11", published="2026-04-11", snapshot="source/vintage/file.csv")


def rows(*cells):
    """Rows of Internet use in Aruba in 2020, each with what differs."""
    usual = {"series": "IT.NET.USER.ZS", "area": "ABW", "year": "2020", "value": "50"}
    return pd.DataFrame([{"row_number": number, **usual, **cell} for number, cell in enumerate(cells, start=2)])


def one(source="world-bank-wdi", **cell):
    found, refused = read(rows(cell), source)
    assert refused.empty, refused["reason"].tolist()
    return found.iloc[0]


def reason(source="world-bank-wdi", **cell):
    found, refused = read(rows(cell), source)
    assert found.empty
    return refused["reason"].item()


@pytest.mark.parametrize(
    ("text", "value"),
    [("67", 67), ("67.25", 67.25), ("6.5E1", 65), ("8.25E-4", 0.000825), ("6.5e+001", 65), (".5", 0.5), ("5.", 5), ("+7", 7), (" 7 ", 7)],
)
def test_a_number_is_read_in_each_spelling_and_its_text_is_kept(text, value):
    found = one(value=text)
    assert found["value"] == value
    assert found["printed"] == text.strip()


@pytest.mark.parametrize(("text", "value"), [("4 378", 4378), ("1\u00a0234\u00a0567", 1234567), ("12\u202f000", 12000)])
def test_thousands_may_be_parted_by_spaces(text, value):
    assert one(series="SP.POP.TOTL", value=text)["value"] == value


@pytest.mark.parametrize("text", ["", "NA", "n/a", "..", "NaN", "null", "-"])
def test_no_value_is_refused_as_such_and_never_zero(text):
    assert reason(value=text).startswith("no value stated")


@pytest.mark.parametrize(
    "text", ["<1", ">99", "88-93", "With price control", "1,5", "1_000", "12 34", "0x10", "inf", "1.2.3", "1E99999", "５０"]
)
def test_what_is_not_a_single_number_is_refused(text):
    assert reason(value=text) == f"value '{text}' is not a single number"


def test_a_number_too_large_to_be_a_figure_is_refused():
    assert "too large" in reason(series="SP.POP.TOTL", value="1E400")


# Internet use is a share: 0 and 100 belong to it. Subscriptions and prices have no ceiling; only differences and growth go below 0.
@pytest.mark.parametrize(
    ("series", "text", "fits"),
    [
        ("IT.NET.USER.ZS", "100", True),
        ("IT.NET.USER.ZS", "100.1", False),
        ("IT.NET.USER.ZS", "0", True),
        ("IT.NET.USER.ZS", "-0.1", False),
        ("IT.CEL.SETS.P2", "412.3", True),
        ("IT.CEL.SETS", "-5", False),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_not_cut_off(series, text, fits):
    found, refused = read(rows({"series": series, "value": text}))
    assert len(found) == fits
    assert fits or "which" in refused["reason"].item()


@pytest.mark.parametrize(("unit", "value"), [("%", "964.29"), ("pp", "-3")])
def test_a_price_may_exceed_100_and_a_difference_be_negative(unit, value):
    series = {"%": "price_fixed_broadband_basket", "pp": "mobile_phone_minus_internet"}[unit]
    assert one("itu-facts-and-figures", series=series, area="World", unit=unit, value=value)["value"] == float(value)


# Half a unit of the last digit; a whole share is taken as 67.0, a count as whole whatever is printed; shares stay within 0 and 100.
@pytest.mark.parametrize(
    ("series", "text", "lower", "upper"),
    [
        ("IT.NET.USER.ZS", "67", 66.95, 67.05),
        ("IT.NET.USER.ZS", "67.25", 67.245, 67.255),
        ("IT.NET.USER.ZS", "73.6", 73.55, 73.65),
        ("IT.NET.USER.ZS", "100", 99.95, 100),
        ("IT.NET.USER.ZS", "0.0", 0, 0.05),
        ("IT.NET.BBND.P2", "8.25E-4", 0.0008245, 0.0008255),
        ("IT.NET.BBND", "6.698259E8", 669825899.5, 669825900.5),
        ("IT.NET.BBND", "1399.0", 1398.5, 1399.5),
    ],
)
def test_lower_and_upper_are_what_the_printed_digits_allow(series, text, lower, upper):
    found = one(series=series, value=text)
    assert (found["lower"], found["upper"]) == (lower, upper)


# The interval is that of the words, in base units: 2.2 billion is 2.15 to 2.25 billion people, over 95 has no lower neighbour but 95.
@pytest.mark.parametrize(
    ("series", "unit", "text", "printed", "expected"),
    [
        ("individuals_using_internet", "%", "74", "74 per cent", (74, 73.5, 74.5, "%")),
        ("individuals_using_internet", "%", "73.6", "one decimal", (73.6, 73.55, 73.65, "%")),
        ("individuals_using_internet", "%", "67", "Approximately 67 per cent", (67, 66, 68, "%")),
        ("individuals_using_internet", "%", "50", "one-half", (50, 47.5, 52.5, "%")),
        ("mobile_phone_ownership", "%", "95", "over 95", (95, 95, 100, "%")),
        ("individuals_offline_number", "billion people", "2.2", "2.2 billion", (2.2e9, 2.15e9, 2.25e9, "people")),
        ("individuals_offline_number", "billion people", "0.8", "800 million", (8e8, 7.5e8, 8.5e8, "people")),
        ("gender_gap_internet_number", "million more men than women", "280", "~280 million", (2.8e8, 2.75e8, 2.85e8, "people")),
        ("mobile_broadband_traffic", "ZB", "1.5", "1.5 ZB", (1500, 1450, 1550, "EB")),
        ("fixed_broadband_traffic", "EB", "4378", "4 378 EB", (4378, 4377.5, 4378.5, "EB")),
        ("economies_meeting_2pct_target_fixed", "of 195 economies", "88", "88 of 195", (88, 87.5, 88.5, "economies")),
        ("individuals_using_internet_number", "billion people", "5.8", "5.8 (rounded for display)", (5.8e9, 5.75e9, 5.85e9, "people")),
    ],
)
def test_wording_is_read_as_an_interval_in_base_units(series, unit, text, printed, expected):
    found = one("itu-facts-and-figures", series=series, area="World", unit=unit, value=text, printed=printed)
    assert tuple(found[["value", "lower", "upper", "unit"]]) == expected


def test_what_is_printed_is_kept_and_one_decimal_is_a_form_and_no_print():
    cell = {"series": "individuals_using_internet", "area": "World", "unit": "%", "value": "74"}
    assert one("itu-facts-and-figures", **cell, printed="74 per cent")["printed"] == "74 per cent"
    assert one("itu-facts-and-figures", **cell, printed="one decimal")["printed"] == "74"


def test_more_than_has_no_upper_end():
    found = one(
        "itu-facts-and-figures",
        series="new_internet_users",
        area="World",
        unit="million people",
        value="240",
        printed="more than 240 million",
    )
    assert found["lower"] == 240e6
    assert pd.isna(found["upper"])


@pytest.mark.parametrize(
    ("source", "code", "area", "kind"),
    [
        ("itu-datahub", "KSO", "XKX", "economy"),
        ("itu-datahub", "AAA", "GGY", "economy"),
        ("itu-datahub", "GBJ", "JEY", "economy"),
        ("itu-datahub", "ASC", "ASC", "economy"),
        ("itu-datahub", "YUG", "YUG", "economy"),
        ("itu-datahub", "NAM", "NAM", "economy"),
        ("world-bank-wdi", "XKX", "XKX", "economy"),
        ("world-bank-wdi", "WLD", "world", "group"),
        ("world-bank-wdi", "HIC", "high-income", "group"),
    ],
)
def test_an_area_is_taken_from_the_tables_by_code(source, code, area, kind):
    series = {"itu-datahub": "11624"}.get(source, "IT.NET.USER.ZS")
    assert tuple(one(source, series=series, area=code)[["area", "area_kind"]]) == (area, kind)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"area": "QQQ"}, "area 'QQQ' is unknown; add it to indicators/registries/area_codes.csv for the publisher itu"),
        ({"area": "Namibia"}, "area 'Namibia' is unknown"),
        ({"area": ""}, "no area stated"),
        ({"series": "9999"}, "series 9999 is not in the catalogue; add it to indicators/registries/catalogue.toml"),
        ({"year": "1959"}, "year '1959' is not a year from 1960 to 2100"),
        ({"year": "2020.5"}, "year '2020.5'"),
        ({"year": ""}, "year ''"),
        ({"sex": "other"}, "sex 'other' is unknown"),
        ({"series": "9230", "sex": "male"}, "series 9230 has sex female, but the row has male"),
        ({"seen_in": "hearsay"}, "seen_in 'hearsay'"),
        ({"problem": "row has 9 fields where the header has 13"}, "row has 9 fields"),
    ],
)
def test_a_row_that_does_not_say_what_it_must_is_refused_with_the_reason(cell, said):
    assert one("itu-datahub", series="11624")["area"] == "ABW"
    assert reason("itu-datahub", **{"series": "11624", **cell}).startswith(said)


def test_the_number_of_the_series_decides_the_unit_and_a_label_that_differs_is_noted():
    found = one("itu-datahub", series="19257", unit="per 100 people", value="6.698259E8")
    assert (found["value"], found["unit"]) == (669_825_900, "subscriptions")
    assert "corrected: unit 'per 100 people' read as 'subscriptions'" in found["note"]
    assert pd.isna(one("itu-datahub", series="19303", unit="per 100 people")["note"])


def test_a_unit_that_can_be_believed_must_be_known():
    said = reason("itu-facts-and-figures", series="individuals_using_internet", area="World", unit="per mille")
    assert (
        said == "unit 'per mille' of series individuals_using_internet is not a form of %; add it to [units] of "
        "indicators/registries/catalogue.toml"
    )


def test_a_basket_is_identified_by_its_unit_and_refused_without():
    cell = {"series": "price_data_only_mobile_broadband_basket", "area": "World median", "value": "1.4"}
    assert one("itu-facts-and-figures", **cell, unit="% of GNI per capita (5 GB basket)")["indicator"].endswith("_5gb")
    assert "with the unit '% of GNI per capita'" in reason("itu-facts-and-figures", **cell, unit="% of GNI per capita")


@pytest.mark.parametrize(
    ("note", "origin", "nature"),
    [
        ("", "ITU estimate.", "estimate"),
        ("", "ITU estimate. ", "estimate"),
        ("", "ITU Estimate.", "estimate"),
        ("", "SITTEL. ITU estimate.", "estimate"),
        ("", "ITU estimate based on Eurostat.", "estimate"),
        ("Estimate.", "Office for Communications", "country"),
        ("Country estimate.", "Office for Communications", "country"),
        ("", "Telecom Egypt estimate.", "country"),
        ("Estimated based on surveys' results.", "Office for Communications", "country"),
        ("Aged 16-74.", "Eurostat", "country"),
        ("", "", "unknown"),
        ("", "ITU calculation.", "unknown"),
        ("", "ITU research based on NBTC website.", "country"),
    ],
)
def test_the_nature_follows_from_the_source_text_of_the_row(note, origin, nature):
    assert one("itu-datahub", series="11624", note=note, origin=origin)["nature"] == nature


def test_the_world_bank_does_not_say_who_measured_and_facts_and_figures_are_estimates():
    assert one()["nature"] == "unknown"
    assert one("itu-facts-and-figures", series="individuals_using_internet", area="World")["nature"] == "estimate"


def test_notes_are_one_line_and_damaged_text_is_flagged_as_it_is():
    found = one("itu-datahub", series="11624", note=" two\r\nlines ", origin="EstadÃ\u00adstica")
    assert found["note"] == "two lines; source: EstadÃ\u00adstica; text damaged as published"
    assert one("itu-datahub", series="11624", origin="SÃO TOMÉ")["note"] == "source: SÃO TOMÉ"


def test_a_coarser_print_gives_way_to_the_finer_one_and_is_reported_in_its_note():
    found, refused = read(rows({"value": "74.00"}, {"value": "74.01"}, {"value": "74", "printed": "74 per cent"}).iloc[[0, 2]])
    assert found["printed"].tolist() == ["74.00"]
    assert found["note"].tolist() == ["also printed as 74 per cent"]
    assert refused[["row_number", "reason"]].to_dict("records") == [
        {"row_number": 4, "reason": "coarser print of the same figure, kept row 2"}
    ]
    assert refused[KEY].iloc[0].tolist() == ["individuals_using_internet", "ABW", 2020, "all", "all", "all"]


def test_of_two_equal_prints_the_one_seen_at_the_publisher_is_kept():
    found, refused = read(rows({"seen_in": "reported by others"}, {"seen_in": "publisher"}))
    assert found["seen_in"].tolist() == ["publisher"]
    assert refused["reason"].tolist() == ["the same figure again, kept row 3"]


def test_prints_that_cannot_be_true_together_are_all_refused():
    # 50 and 50.2 are [49.95, 50.05] and [50.15, 50.25].
    found, refused = read(rows({"value": "50"}, {"value": "50.2"}, {"value": "50", "year": "2021"}))
    assert found["year"].tolist() == [2021]
    assert refused["reason"].tolist() == ["rows 2, 3 give different values for one figure; ask the publisher which is right"] * 2


def test_figures_in_different_units_meet_in_the_base_unit():
    # 1.5 ZB is 1450 to 1550 EB; 1502 EB is in it and is the finer print.
    found, _ = read(readers.read((DATA / "embedded_facts_and_figures.csv").read_bytes()).rows, "itu-facts-and-figures")
    traffic = found[found["indicator"] == "mobile_broadband_traffic"].iloc[0]
    assert (traffic["value"], traffic["unit"]) == (1502, "EB")
    assert "also printed as 1.5 ZB" in traffic["note"]


def files(*cells):
    """Numbers of several files of one vintage: each cell is the file's name, the printed value, and what else differs."""
    found = [read(rows({"area": "KEN", "year": "2023", "value": value, **cell}))[0].assign(snapshot=name) for name, value, cell in cells]
    return pd.concat(found, ignore_index=True)


def test_of_one_figure_in_two_files_of_a_vintage_the_finer_print_is_kept():
    kept, refused = one_of_each(files(("a.csv", "40.8", {}), ("b.json", "40.8123", {}), ("b.json", "12.5", {"area": "UGA"})))
    assert kept[["snapshot", "area", "value"]].to_numpy().tolist() == [["b.json", "KEN", 40.8123], ["b.json", "UGA", 12.5]]
    assert refused[["snapshot", "row_number", "reason"]].to_numpy().tolist() == [
        ["a.csv", 2, "the same figure, printed no more exactly, as in b.json row 2"]
    ]


def test_two_files_of_a_vintage_that_cannot_both_be_right_are_both_refused():
    kept, refused = one_of_each(files(("a.csv", "40.8", {}), ("b.json", "62.5", {})))
    assert kept.empty
    assert refused["snapshot"].tolist() == ["a.csv", "b.json"]
    assert refused["reason"].str.contains("give different values for one figure of one vintage").all()


def test_figures_of_different_vintages_never_give_way_to_one_another():
    both = files(("a.csv", "40.8", {}), ("b.json", "62.5", {}))
    both.loc[1, "vintage"] = "2031-01-01"
    kept, refused = one_of_each(both)
    assert len(kept) == 2
    assert refused.empty


def test_the_small_export_of_the_datahub_ends_as_worked_by_hand():
    published = readers.read((DATA / "itu_datahub_v2.csv").read_bytes())
    found, refused = read(published.rows, "itu-datahub")
    # Rows 2 to 15: no value in 4, unknown area in 6, above 100 in 9, unknown series in 10 and 14, wrong width in 11, words in 15.
    assert sorted(refused["row_number"]) == [4, 6, 9, 10, 11, 14, 15]
    assert sorted(found["row_number"]) == [2, 3, 5, 7, 8, 12, 13]
    women = found.set_index("row_number").loc[[12, 13], ["sex", "locality", "value"]]
    assert women.to_numpy().tolist() == [["female", "all", 61.0], ["female", "rural", 41.0]]
    assert contract_problems("observations", found).empty


def test_the_input_is_not_changed_and_no_rows_give_no_observations():
    given_rows = rows({"value": " 5 "})
    before = given_rows.copy()
    read(given_rows)
    pd.testing.assert_frame_equal(given_rows, before)
    found, refused = read(rows({}).iloc[:0])
    assert found.empty
    assert refused.empty


CELLS = st.fixed_dictionaries(
    {
        "series": st.sampled_from(["11624", "19257", "9230", "9999", ""]),
        "area": st.sampled_from(["ABW", "KSO", "NAM", "??"]),
        "year": st.sampled_from(["2020", "2021", "20", ""]),
        "value": st.sampled_from(["50", "50.0", "50.04", "60", "NA", "<1", "101", "-1", "5E1", "5E-1"]) | st.text(max_size=4),
        "sex": st.sampled_from(["", "all", "female", "x"]),
        "printed": st.sampled_from(["", "", "almost 50", "one decimal"]),
        "note": st.sampled_from(["", "Aged 5+."]),
        "problem": st.sampled_from(["", "", "", "row has 2 fields"]),
    }
)


@settings(max_examples=20, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=12), st.randoms())
def test_every_row_ends_once_as_observation_or_refused_whatever_the_order(cells, random):
    table = rows(*cells)
    found, refused = read(table, "itu-datahub")
    assert sorted([*found["row_number"], *refused["row_number"]]) == sorted(table["row_number"])
    assert contract_problems("observations", found).empty
    assert (refused["reason"] != "").all()

    shuffled = table.sample(frac=1, random_state=random.randrange(2**31))
    again, refused_again = read(shuffled, "itu-datahub")
    pd.testing.assert_frame_equal(found.sort_values(KEY).reset_index(drop=True), again.sort_values(KEY).reset_index(drop=True))
    result, reported_again = (table.set_index("row_number")["reason"].to_dict() for table in (refused, refused_again))
    assert result == reported_again


INTERNET_USE = "itu-datahub/individuals-using-the-internet.csv"
FIXED_BROADBAND = "itu-datahub/fixed-broadband-subscriptions_1777496718795.csv"


@functools.cache
def exported(path):
    """What an export of the DataHub comes to, and what is refused of it."""
    return read(readers.read(path.read_bytes()).rows, "itu-datahub")


@pytest.mark.parametrize(("path", "count"), [*both(INTERNET_USE, [14], [5_099]), *both(FIXED_BROADBAND, [8], [8_860])])
def test_an_export_is_taken_whole(path, count):
    found, refused = exported(path)
    assert (len(found), len(refused)) == (count, 0)
    assert contract_problems("observations", found).empty


@pytest.mark.parametrize("path", both(INTERNET_USE))
def test_an_export_has_its_special_areas(path):
    assert {"XKX", "GGY", "JEY", "ASC", "YUG"} <= set(exported(path)[0]["area"])


# Of the small export: 2 + 1 + 1 in three spellings, one mixed form; one row without source. A national operator's estimate is not ITU's.
# Of the genuine one: 2,102 + 60 + 33 in three spellings; mixed forms 4 + 3 + 2 + 2 + 1 + 1; 382 rows without source.
@pytest.mark.parametrize(("path", "estimates", "unknown"), both(INTERNET_USE, [4 + 1, 1], [2_102 + 60 + 33 + 13, 382]))
def test_an_export_has_as_many_estimates_as_its_texts_say(path, estimates, unknown):
    nature = exported(path)[0]["nature"].value_counts()
    assert (nature["estimate"], nature["unknown"]) == (estimates, unknown)


@pytest.mark.parametrize(
    ("path", "count", "rate", "smallest"),
    both(FIXED_BROADBAND, [600_000_000, 42.2543210987654, 1.5e-4], [669_825_900, 47.1933952081567, 8.48872870846454e-4]),
)
def test_the_count_under_the_label_of_a_rate_is_a_count(path, count, rate, smallest):
    found, _ = exported(path)
    china = found.query("area == 'CHN' and year == 2024").set_index("indicator")
    assert china.loc["fixed_broadband_subscriptions_number", "value"] == count
    assert china.loc["fixed_broadband_subscriptions", "value"] == pytest.approx(rate)
    assert found.query("area == 'AFG' and year == 2004 and unit == 'per 100 people'")["value"].item() == smallest


# Figures of the small export to two decimals; nine are of 2014 to 2023 and of economies in both. Afghanistan's is of 2001, Lesotho is not
# in the export, and SSF is a group.
BY_THE_BANK = b"""series,area,year,value
IT.NET.USER.ZS,ABW,2021,91.23
IT.NET.USER.ZS,ABW,2022,93
IT.NET.USER.ZS,ABW,2023,94.5
IT.NET.USER.ZS,BEL,2021,89.75
IT.NET.USER.ZS,KEN,2022,35.2
IT.NET.USER.ZS,KEN,2023,37.13
IT.NET.USER.ZS,XKX,2021,92.1
IT.NET.USER.ZS,NAM,2023,64.4
IT.NET.USER.ZS,EGY,2021,70.4
IT.NET.USER.ZS,AFG,2001,0
IT.NET.USER.ZS,LSO,2023,48
IT.NET.USER.ZS,SSF,2023,37.13
"""


@pytest.mark.parametrize(
    ("path", "figures", "in_both"), both(INTERNET_USE, [BY_THE_BANK, 9], [SHARED / "figures/wdi-2026-04-11--IT.NET.USER.ZS.csv", 1_903])
)
def test_the_world_bank_prints_the_same_figures_as_the_datahub(path, figures, in_both):
    bank, refused = read(readers.read(figures if isinstance(figures, bytes) else figures.read_bytes()).rows)
    assert refused.empty
    found = exported(path)[0].merge(bank[bank["area_kind"] == "economy"], on=KEY).query("2014 <= year <= 2023")
    assert len(found) == in_both
    assert (found["value_x"] - found["value_y"]).abs().max() <= 0.005


def embedded_editions():
    """Every edition of Facts and Figures that the project holds, in one table."""
    folder = PROJECT / "pipelines" / "embedded" / "itu-facts-and-figures"
    editions = {path.parent.name: pd.read_csv(path, dtype="str", keep_default_na=False) for path in folder.glob("*/aggregates.csv")}
    return pd.concat([edition.assign(edition=name) for name, edition in editions.items()])


def test_of_facts_and_figures_only_ranges_areas_that_are_no_group_and_coarser_prints_are_refused():
    figures = embedded_editions()
    reasons = []
    for _, edition in figures.groupby("edition"):
        content = edition[["series", "area", "year", "value", *set(edition) - {"series", "area", "year", "value", "edition"}]].to_csv(
            index=False
        )
        found, refused = read(readers.read(content.encode()).rows, "itu-facts-and-figures")
        assert contract_problems("observations", found).empty
        assert len(found) + len(refused) == len(edition)
        reasons += refused["reason"].str.replace(r"kept row \d+", "kept", regex=True).tolist()
    # Six ranges (of three and two groups, and of "8 countries") and five medians of 83 countries have none of our areas. Coarser are two of
    # 2023 and two of 2024 (whole per cents of the world), fourteen whole per cents of 2025, and 1.5 ZB of traffic beside 1,502 EB.
    assert pd.Series(reasons).str.split("'").str[0].value_counts().to_dict() == {"area ": 11, "coarser print of the same figure, kept": 19}


# ---- areas that are easily mistaken


@pytest.mark.parametrize(
    ("source", "series", "code", "area", "kind"),
    [
        ("world-bank-wdi", "IT.NET.USER.ZS", "NAM", "NAM", "economy"),
        ("world-bank-wdi", "IT.NET.USER.ZS", "TTO", "TTO", "economy"),  # a name with "ida" in it
        ("world-bank-wdi", "IT.NET.USER.ZS", "XKX", "XKX", "economy"),
        ("world-bank-wdi", "IT.NET.USER.ZS", "CHI", "CHI", "economy"),
        ("world-bank-wdi", "IT.NET.USER.ZS", "ARB", "wb-arb", "group"),
        ("world-bank-wdi", "IT.NET.USER.ZS", "WLD", "world", "group"),
        ("itu-datahub", "11624", "ARB", "itu-arab-states", "group"),
        ("itu-datahub", "11624", "KSO", "XKX", "economy"),
        ("itu-datahub", "11624", "AAA", "GGY", "economy"),
        ("itu-datahub", "11624", "GBJ", "JEY", "economy"),
        ("itu-datahub", "11624", "YUG", "YUG", "economy"),
        ("itu-datahub", "11624", "ANT", "ANT", "economy"),
        ("itu-datahub", "11624", "701", "world", "group"),
        ("data360", "INT_USER_PT", "WLD", "data360-wld", "group"),
        ("data360", "INT_USER_PT", "XKX", "XKX", "economy"),
        ("unsd-sdg", "IT_USE_ii99", "1", "world", "group"),
        ("unsd-sdg", "IT_USE_II99", "4", "AFG", "economy"),  # without its leading zeros, and the series in capitals
        ("unsd-sdg", "IT_USE_ii99", "516", "NAM", "economy"),
        ("unsd-sdg", "IT_USE_ii99", "412", "XKX", "economy"),
        ("unsd-sdg", "IT_USE_ii99", "891", "YUG", "economy"),
    ],
)
def test_an_area_is_read_by_its_publishers_code(source, series, code, area, kind):
    found = one(source, series=series, area=code)
    assert (found["area"], found["area_kind"]) == (area, kind)


@pytest.mark.parametrize(
    ("source", "series", "code"),
    [
        ("world-bank-wdi", "IT.NET.USER.ZS", "NA"),  # the Bank's mark of a group, Namibia's two letters, the word for not available
        ("world-bank-wdi", "IT.NET.USER.ZS", "KSO"),
        ("world-bank-wdi", "IT.NET.USER.ZS", "World"),
        ("itu-datahub", "11624", "WB"),
        ("unsd-sdg", "IT_USE_ii99", "NAM"),
        ("unsd-sdg", "IT_USE_ii99", "999"),
        ("data360", "INT_USER_PT", "1"),
    ],
)
def test_another_publishers_code_or_a_name_is_not_guessed(source, series, code):
    assert reason(source, series=series, area=code).startswith(f"area '{code}' is unknown")


# ---- what the flag of a figure, a family of codes and a correction say


@pytest.mark.parametrize(
    ("flag", "nature"),
    [
        ("C", "country"),
        ("CA", "country"),
        ("E", "estimate"),
        ("M", "estimate"),
        ("G", "unknown"),
        ("NA", "unknown"),
        ("notspec", "unknown"),
    ],
)
def test_the_publishers_flag_of_a_figure_says_who_measured(flag, nature):
    assert one("unsd-sdg", series="IT_USE_ii99", area="404", nature=flag)["nature"] == nature


def test_a_flag_goes_before_what_the_text_says():
    assert one("itu-datahub", series="11624", origin="Statistical office", nature="E")["nature"] == "estimate"


def test_a_breakdown_of_unknown_number_is_read_by_the_family_of_its_code():
    found = one("itu-datahub", series="99999", family="HHU4212-%_POP", sex="FEMALE", locality="RURAL")
    assert (found["indicator"], found["sex"], found["locality"]) == ("individuals_using_internet", "female", "rural")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"series": "99999", "family": "HHU4212-%_INT", "sex": "FEMALE"}, "series 99999 (HHU4212-%_INT) is not in the catalogue"),
        ({"series": "99999", "family": "HHU4212-%_POP"}, "series 99999 is the survey's own total of individuals_using_internet"),
        ({"series": "9230", "family": "HHU4212-%_POP", "sex": "MALE"}, "series 9230 has sex female, but the row has male"),
    ],
)
def test_another_denominator_a_total_of_the_survey_and_a_contradiction_are_refused(cell, said):
    assert reason("itu-datahub", **cell).startswith(said)


def test_what_was_repaired_is_reported():
    assert "repaired: joined with row 9" in one("itu-datahub", series="11624", repair="joined with row 9")["note"]


# ---- all snapshots together


@pytest.mark.worked("observations", "quarantine")
def test_each_row_of_each_snapshot_is_an_observation_or_in_quarantine_as_it_was():
    snapshots = pd.DataFrame([("a", "2025", "use.csv"), ("a", "2026", "use.csv")], columns=["source", "vintage", "file"]).assign(
        source="world-bank-wdi", published=lambda row: row["vintage"]
    )
    snapshots["snapshot"] = "world-bank-wdi/" + snapshots["vintage"] + "/use.csv"
    files = {
        # Of 2025 one row has a number and one an unknown area; of 2026 one figure is printed twice, once finer.
        snapshots["snapshot"][0]: rows({"value": "50"}, {"area": "ZZZ"}),
        snapshots["snapshot"][1]: rows({"value": "51.2"}, {"value": "51.24"}),
    }
    asked = {}

    def original(snapshot: str, numbers: set[int]) -> dict[int, str]:
        asked[snapshot] = numbers
        return {number: f"line {number} of {snapshot}" for number in numbers}

    made = observations_and_quarantine(snapshots, files.__getitem__, original)
    assert made["observations"][["vintage", "row_number", "value"]].to_numpy().tolist() == [["2025", 2, 50.0], ["2026", 3, 51.24]]
    refused = made["quarantine"].set_index("vintage")
    assert refused[["row_number", "file"]].to_numpy().tolist() == [[3, "use.csv"], [2, "use.csv"]]
    assert "ZZZ" in refused.loc["2025", "reason"]
    assert refused["raw"].tolist() == [f"line {number} of {name}" for name, number in zip(snapshots["snapshot"], (3, 2), strict=True)]
    # Only what was refused is looked up again.
    assert asked == {snapshots["snapshot"][0]: {3}, snapshots["snapshot"][1]: {2}}
