"""The observations as SDMX-CSV 2.0, and the structure message (SDMX-JSON 2.0) that says what its codes mean.

The codes of frequency, sex, age and status follow the cross-domain code lists of SDMX; area and urbanisation are written as in the SDG
database of the UN Statistics Division. What has no such code keeps our own name. The lists, and the agency `DIGITAL_DIVIDE` that they are
named under, are ours and in no registry.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators.contracts.vocabulary import ALL, Locality, Nature, Sex
from indicators.registries.areas import known_areas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pysdmx.model import Codelist, Component, ConceptScheme, Dataflow, DataStructureDefinition

AGENCY, VERSION = "DIGITAL_DIVIDE", "1.0.0"
CONCEPTS = "CS_OBSERVATIONS"
DATAFLOW = f"{AGENCY}:DF_OBSERVATIONS({VERSION})"

#: Words of this project, with code and name; the first two follow SDMX's cross-domain code lists, urbanisation and nature the SDG database.
FREQ = {"year": ("A", "Annual")}
SEX: dict[str, tuple[str, str]] = {Sex.ALL: ("_T", "Total"), Sex.FEMALE: ("F", "Female"), Sex.MALE: ("M", "Male")}
URBANISATION: dict[str, tuple[str, str]] = {Locality.ALL: ("_T", "Total"), Locality.URBAN: ("U", "Urban"), Locality.RURAL: ("R", "Rural")}
NATURE: dict[str, tuple[str, str]] = {
    Nature.COUNTRY: ("C", "Country data"),
    Nature.ESTIMATE: ("E", "Estimated"),
    Nature.UNKNOWN: ("NA", "Nature not available"),
}
OBS_STATUS: dict[str, tuple[str, str]] = {
    Nature.COUNTRY: ("A", "Normal value"),
    Nature.UNKNOWN: ("A", "Normal value"),
    Nature.ESTIMATE: ("E", "Estimated value"),
}

#: Each dimension with what it is, and the code list it is written in; time comes last.
DIMENSIONS = {
    "FREQ": ("Frequency of observation", "CL_FREQ"),
    "INDICATOR": ("Indicator", "CL_INDICATOR"),
    "REF_AREA": ("Economy or group of economies", "CL_AREA"),
    "SEX": ("Sex of the people counted", "CL_SEX"),
    "AGE": ("Age of the people counted", "CL_AGE"),
    "URBANISATION": ("Locality of the people counted", "CL_URBANISATION"),
    "SOURCE": ("Source of the publisher", "CL_SOURCE"),
    "VINTAGE": ("Dated edition it was read in", None),
    "TIME_PERIOD": ("Calendar year the value is for", None),
}
ATTRIBUTES = {
    "UNIT_MEASURE": ("Unit of the value", "CL_UNIT"),
    "OBS_STATUS": ("Status of the observation", "CL_OBS_STATUS"),
    "NATURE": ("Who measured", "CL_NATURE"),
    "LOWER_BOUND": ("Lowest true value the printed form allows", None),
    "UPPER_BOUND": ("Highest true value the printed form allows", None),
    "DATE_PUBLISHED": ("When the publisher dated the edition", None),
    "COMMENT_OBS": ("Notes as the publisher gives them", None),
    "LICENCE": ("Licence of the data", None),
}
COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)


def observations(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations under SDMX's names and codes.

    Args:
        rows: The table `observations`, or `current_observations`.

    Returns:
        One row a number, in `COLUMNS`: first what SDMX-CSV 2.0 asks of every file, then dimensions, value and attributes. Values and bounds
        are as they were; a bound or note that is missing stays missing. The action is `R`: the file takes the place of any before it.

    Raises:
        KeyError: A word of a breakdown or of the nature is not in the vocabulary.
    """
    areas = area_codes()
    coded = {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": DATAFLOW,
        "ACTION": "R",
        "FREQ": FREQ["year"][0],
        "INDICATOR": _each(rows["indicator"], code),
        "REF_AREA": _each(rows["area"], lambda area: areas.get(area, area)),
        "SEX": _each(rows["sex"], lambda word: SEX[word][0]),
        "AGE": _each(rows["age"], age_code),
        "URBANISATION": _each(rows["locality"], lambda word: URBANISATION[word][0]),
        "SOURCE": rows["source"],
        "VINTAGE": rows["vintage"],
        "TIME_PERIOD": rows["year"],
        "OBS_VALUE": rows["value"],
        "UNIT_MEASURE": _each(rows["unit"], code),
        "OBS_STATUS": _each(rows["nature"], lambda word: OBS_STATUS[word][0]),
        "NATURE": _each(rows["nature"], lambda word: NATURE[word][0]),
        "LOWER_BOUND": rows["lower"],
        "UPPER_BOUND": rows["upper"],
        "DATE_PUBLISHED": rows["published"],
        "COMMENT_OBS": rows["note"],
        "LICENCE": rows["licence"],
    }
    return pd.DataFrame(coded, index=rows.index, columns=list(COLUMNS))


def codes(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the code lists.

    Args:
        tables: Used are `observations`, for the codes that occur, and `indicators`, `economies`, `groups` and `sources`, for their names.

    Returns:
        One row a code: `code_list`, `code`, `name`, and `ours`, the word it stands for in the tables.
    """
    rows = tables["observations"]
    titles = dict(zip(tables["indicators"]["indicator"], tables["indicators"]["title"], strict=True))
    names = dict(zip(tables["economies"]["iso3"], tables["economies"]["name"], strict=True))
    names |= dict(zip(tables["groups"]["group_name"], tables["groups"]["title"], strict=True))
    source_titles = dict(zip(tables["sources"]["source"], tables["sources"]["title"], strict=True))
    areas = area_codes()
    lists: dict[str, list[tuple[str, str, str]]] = {
        "CL_FREQ": _listed(FREQ),
        "CL_INDICATOR": [(code(name), titles[name], name) for name in _held(rows["indicator"])],
        "CL_AREA": [(areas.get(area, area), names[area], area) for area in _held(rows["area"])],
        "CL_SEX": _listed(SEX),
        "CL_AGE": [(age_code(age), "Total" if age == ALL else f"Age {age}", age) for age in _held(rows["age"])],
        "CL_URBANISATION": _listed(URBANISATION),
        "CL_SOURCE": [(source, source_titles[source], source) for source in _held(rows["source"])],
        "CL_UNIT": [(code(unit), unit, unit) for unit in _held(rows["unit"])],
        "CL_OBS_STATUS": _listed({word: OBS_STATUS[word] for word in (Nature.UNKNOWN, Nature.ESTIMATE)}),
        "CL_NATURE": _listed(NATURE),
    }
    found = pd.DataFrame(
        [(name, *entry) for name, entries in lists.items() for entry in entries], columns=["code_list", "code", "name", "ours"]
    )
    # A status says less than our word of the nature, which has a list of its own.
    return found.assign(ours=found["ours"].mask(found["code_list"] == "CL_OBS_STATUS"))


def structure(codes: pd.DataFrame, *, made_at: str) -> str:
    """Return the structure message as text, SDMX-JSON 2.0.

    Args:
        codes: As of `codes`.
        made_at: When the publication was made, ISO, UTC.
    """
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format
    from pysdmx.model import Organisation
    from pysdmx.model.message import Header

    header = Header(id="DIGITAL_DIVIDE_STRUCTURE", prepared=dt.datetime.fromisoformat(made_at), sender=Organisation(id=AGENCY))
    message = json.loads(write_sdmx(artefacts(codes), Format.STRUCTURE_SDMX_JSON_2_0_0, header=header) or "")
    # pysdmx 1.21 writes the groups of dimensions as an empty list, which the schema of SDMX-JSON forbids.
    for written in message["data"]["dataStructures"]:
        written["dataStructureComponents"].pop("groups", None)
    return json.dumps(message, indent=1, ensure_ascii=False)


def artefacts(codes: pd.DataFrame) -> list[Codelist | ConceptScheme | DataStructureDefinition | Dataflow]:
    """Return code lists, concepts, data structure and dataflow in the model of pysdmx.

    Args:
        codes: As of `codes`.
    """
    from pysdmx.model import Code, Codelist, Components, Concept, ConceptScheme, Dataflow, DataStructureDefinition

    components = DIMENSIONS | {"OBS_VALUE": ("Value", None)} | ATTRIBUTES
    lists = [
        Codelist(
            id=str(name),
            name=f"Codes of {str(name).removeprefix('CL_').lower().replace('_', ' ')}",
            agency=AGENCY,
            version=VERSION,
            items=[Code(id=code, name=title) for code, title in zip(entries["code"], entries["name"], strict=True)],
        )
        for name, entries in codes.groupby("code_list", sort=False)
    ]
    concepts = ConceptScheme(
        id=CONCEPTS,
        name="Concepts of the observations",
        agency=AGENCY,
        version=VERSION,
        items=[Concept(id=identity, name=name) for identity, (name, _) in components.items()],
    )
    data_structure = DataStructureDefinition(
        id="DSD_OBSERVATIONS",
        name="Observations",
        agency=AGENCY,
        version=VERSION,
        components=Components([_component(identity, code_list) for identity, (_, code_list) in components.items()]),
    )
    flow = Dataflow(id="DF_OBSERVATIONS", name="Numbers of every vintage", agency=AGENCY, version=VERSION, structure=data_structure)
    return [*lists, concepts, data_structure, flow]


def _component(identity: str, code_list: str | None) -> Component:
    """Return a dimension, measure or attribute in pysdmx's model; what has no code list has a data type."""
    from pysdmx.model import Component, DataType, ItemReference, Role

    types = {"TIME_PERIOD": DataType.PERIOD, "OBS_VALUE": DataType.DOUBLE, "LOWER_BOUND": DataType.DOUBLE, "UPPER_BOUND": DataType.DOUBLE}
    role = Role.DIMENSION if identity in DIMENSIONS else Role.ATTRIBUTE if identity in ATTRIBUTES else Role.MEASURE
    return Component(
        id=identity,
        required=identity not in ("LOWER_BOUND", "UPPER_BOUND", "COMMENT_OBS"),
        role=role,
        concept=ItemReference(sdmx_type="Concept", agency=AGENCY, id=CONCEPTS, version=VERSION, item_id=identity),
        local_dtype=None if code_list else types.get(identity, DataType.STRING),
        local_enum_ref=f"urn:sdmx:org.sdmx.infomodel.codelist.Codelist={AGENCY}:{code_list}({VERSION})" if code_list else None,
        attachment_level="O" if role is Role.ATTRIBUTE else None,
    )


def area_codes() -> dict[str, str]:
    """Return the code of each area that has a number of UN M49, written as the SDG database does: without leading zeros.

    >>> [area_codes()[area] for area in ("AFG", "KEN", "world", "ldc")]
    ['4', '404', '1', '199']
    """
    known = known_areas("unsd")
    return dict(zip(known["area"], known["code"].str.lstrip("0"), strict=True))


def age_code(age: str) -> str:
    """Return an age under SDMX's rules for codes of age; what they cannot say is spelt out.

    >>> [age_code(age) for age in ("all", "15-24", "10+", "not 15-24")]
    ['_T', 'Y15T24', 'Y_GE10', 'NOT_15_24']
    """
    if age == ALL:
        return "_T"
    if found := re.fullmatch(r"(\d+)-(\d+)", age):
        return f"Y{found[1]}T{found[2]}"
    if found := re.fullmatch(r"(\d+)\+", age):
        return f"Y_GE{found[1]}"
    return code(age)


def code(words: str) -> str:
    """Return words as a code: capitals, digits and low lines.

    >>> [code(words) for words in ("individuals_using_internet", "% of monthly GNI per capita", "US$")]
    ['INDIVIDUALS_USING_INTERNET', 'PERCENT_OF_MONTHLY_GNI_PER_CAPITA', 'USD']
    """
    return re.sub(r"[^A-Z0-9]+", "_", words.replace("%", "percent").replace("$", "D").upper()).strip("_")


def _each(words: pd.Series, translate: Any) -> pd.Series:
    """Translate words, each once."""
    return words.map({word: translate(word) for word in words.unique()})


def _held(words: pd.Series) -> Iterable[str]:
    return sorted(words.unique())


def _listed(words: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    return [(*entry, word) for word, entry in words.items()]
