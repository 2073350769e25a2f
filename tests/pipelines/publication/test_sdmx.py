"""The observations under SDMX's names and codes: every code in its list, every key once, every value as it was."""

import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysdmx.errors import Invalid
from pysdmx.io import read_sdmx, write_sdmx
from pysdmx.io.format import Format
from pysdmx.model import Role

from indicators.readers import unsd_csv
from indicators.registries import catalogue
from pipelines.publication import sdmx

MADE_AT = "2026-11-24T03:00:00Z"
ROWS = pd.DataFrame(
    {
        "indicator": ["individuals_using_internet"] * 3,
        "area": ["KEN", "world", "wb-ssf"],
        "year": [2023, 2024, 2024],
        "sex": ["female", "all", "all"],
        "locality": ["all", "rural", "all"],
        "age": ["all", "15-24", "all"],
        "value": [0.0, 48.5, 37.25],
        "lower": [0.0, 48.45, None],
        "upper": [0.05, 48.55, None],
        "unit": ["%"] * 3,
        "nature": ["country", "estimate", "unknown"],
        "source": ["unsd-sdg", "itu-facts-and-figures", "world-bank-wdi"],
        "vintage": ["2026-04-29", "2024", "2026-07-13"],
        "published": ["2026-04-29", "2024-11-27", "2026-07-13"],
        "note": [None, 'so printed, "with" a comma', None],
        "licence": ["UN terms of use", "Figures cited", "CC BY 4.0"],
    }
).assign(note=lambda rows: rows["note"].astype("str"))


def test_a_number_is_written_with_its_codes_and_stays_the_number_it_was():
    first, second, third = sdmx.observations(ROWS).to_dict("records")
    head = {"STRUCTURE": "dataflow", "STRUCTURE_ID": "DIGITAL_DIVIDE:DF_OBSERVATIONS(1.0.0)", "ACTION": "R", "FREQ": "A"}
    # 404 is Kenya's number in UN M49; a zero is a value.
    assert (
        first.items() >= (head | {"REF_AREA": "404", "SEX": "F", "AGE": "_T", "OBS_VALUE": 0.0, "OBS_STATUS": "A", "NATURE": "C"}).items()
    )
    assert (second["REF_AREA"], second["URBANISATION"], second["AGE"], second["OBS_STATUS"]) == ("1", "R", "Y15T24", "E")
    assert (second["SOURCE"], second["VINTAGE"], second["LICENCE"]) == ("itu-facts-and-figures", "2024", "Figures cited")
    # The World Bank's Sub-Saharan Africa is not that of M49, so it keeps our name.
    assert (third["REF_AREA"], third["NATURE"]) == ("wb-ssf", "NA")
    assert pd.isna(third["LOWER_BOUND"])
    assert pd.isna(third["UPPER_BOUND"])


def test_the_columns_are_those_of_sdmx_csv_in_their_order():
    assert tuple(sdmx.observations(ROWS)) == sdmx.COLUMNS
    assert sdmx.COLUMNS[:3] == ("STRUCTURE", "STRUCTURE_ID", "ACTION")


@pytest.mark.parametrize(("column", "word"), [("sex", "other"), ("locality", "camp"), ("nature", "guess")])
def test_a_word_that_is_not_ours_is_not_passed_on(column, word):
    with pytest.raises(KeyError, match=word):
        sdmx.observations(ROWS.assign(**{column: word}))


def test_no_two_indicators_units_or_areas_share_a_code():
    entries = catalogue.indicators().values()
    for words in ({entry.name for entry in entries}, {entry.unit for entry in entries}):
        assert len({sdmx.code(word) for word in words}) == len(words)
    areas = sdmx.area_codes()
    assert len(set(areas.values())) == len(areas)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), min_size=1))
def test_a_code_is_one_that_sdmx_allows(words):
    assert re.fullmatch("[A-Z0-9_]*", sdmx.code(words))


@given(st.integers(0, 99), st.integers(0, 99))
def test_ages_apart_have_codes_apart(a, b):
    ages = {f"{a}-{b}", f"{a}+", f"not {a}-{b}", "all", f"{b}-{a}"}
    assert len({sdmx.age_code(age) for age in ages}) == len(ages)


@pytest.fixture
def tables():
    return {
        "observations": ROWS,
        "indicators": pd.DataFrame({"indicator": ["individuals_using_internet"], "title": ["Individuals using the Internet"]}),
        "economies": pd.DataFrame({"iso3": ["KEN"], "name": ["Kenya"]}),
        "groups": pd.DataFrame({"group_name": ["world", "wb-ssf"], "title": ["World", "Sub-Saharan Africa (World Bank)"]}),
        "sources": pd.DataFrame({"source": ROWS["source"], "title": ["SDG database", "Facts and Figures", "WDI"]}),
    }


def test_every_code_that_occurs_is_in_its_list_once_with_its_name(tables):
    codes, written = sdmx.codes(tables), sdmx.observations(ROWS)
    assert not codes.duplicated(["code_list", "code"]).any()
    assert codes["name"].notna().all()
    for column, (_, code_list) in {**sdmx.DIMENSIONS, **sdmx.ATTRIBUTES}.items():
        if code_list:
            assert set(written[column]) <= set(codes.loc[codes["code_list"] == code_list, "code"]), column
    assert codes.set_index("code").loc["404", ["name", "ours"]].to_list() == ["Kenya", "KEN"]


def test_the_structure_names_every_column_and_every_list(tables):
    codes = sdmx.codes(tables)
    data = json.loads(sdmx.structure(codes, made_at=MADE_AT))["data"]
    assert [entry["id"] for entry in data["codelists"]] == list(codes["code_list"].unique())
    (parts,) = [entry["dataStructureComponents"] for entry in data["dataStructures"]]
    named = [*parts["dimensionList"]["dimensions"], parts["dimensionList"]["timeDimension"]]
    named += [*parts["measureList"]["measures"], *parts["attributeList"]["attributes"]]
    assert [part["id"] for part in named] == list(sdmx.COLUMNS[3:])
    assert [concept["id"] for concept in data["conceptSchemes"][0]["concepts"]] == list(sdmx.COLUMNS[3:])
    listed = {f"urn:sdmx:org.sdmx.infomodel.codelist.Codelist=DIGITAL_DIVIDE:{name}(1.0.0)" for name in codes["code_list"]}
    enumerated = {part["localRepresentation"].get("enumeration") for part in named} - {None}
    assert enumerated == listed


@pytest.fixture
def message(tables):
    """The structure as a reader of SDMX sees it, held to the schema of SDMX-JSON 2.0."""
    return read_sdmx(sdmx.structure(sdmx.codes(tables), made_at=MADE_AT), validate=True)


def test_the_structure_keeps_the_schema_and_says_who_made_it_when(message):
    assert (message.header.sender.id, message.header.prepared.isoformat()) == ("DIGITAL_DIVIDE", "2026-11-24T03:00:00+00:00")
    (flow,) = message.get_dataflows()
    assert flow.short_urn == f"Dataflow={sdmx.DATAFLOW}"


def test_a_reader_finds_each_part_with_its_role_type_and_codes(message):
    (structure,) = message.get_data_structure_definitions()
    parts = structure.components
    assert [part.id for part in parts.dimensions] == list(sdmx.DIMENSIONS)
    assert [part.id for part in parts.measures] == ["OBS_VALUE"]
    assert [part.id for part in parts if part.role is Role.ATTRIBUTE and not part.required] == ["LOWER_BOUND", "UPPER_BOUND", "COMMENT_OBS"]
    assert {part.attachment_level for part in parts.attributes} == {"O"}
    assert (parts["TIME_PERIOD"].dtype, parts["OBS_VALUE"].dtype, parts["VINTAGE"].dtype) == ("ObservationalTimePeriod", "Double", "String")
    assert {code.id: code.name for code in parts["REF_AREA"].enumeration} == {
        "1": "World",
        "404": "Kenya",
        "wb-ssf": "Sub-Saharan Africa (World Bank)",
    }


def test_what_we_take_out_of_the_structure_is_still_what_the_schema_forbids(tables):
    """When this fails, pysdmx writes a structure without groups as the schema wants it, and `structure` can return it as written."""
    with pytest.raises(Invalid, match="groups"):
        read_sdmx(write_sdmx(sdmx.artefacts(sdmx.codes(tables)), Format.STRUCTURE_SDMX_JSON_2_0_0) or "", validate=True)


def test_our_file_is_not_taken_for_one_of_the_sdg_database():
    assert not unsd_csv.recognises(sdmx.observations(ROWS).to_csv(index=False).encode())
