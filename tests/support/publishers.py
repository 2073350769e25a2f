"""How the publishers answer, built by hand: one small series of each, whole, as replies for `server`."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl

from pipelines.ingest.connectors import Fetched, data360, itu_datahub, itu_workbooks, unsd, world_bank
from pipelines.ingest.connectors.session import Limits, Session
from tests.support.server import Reply

TODAY = dt.date(2026, 11, 22)
QUICK = Limits(connect=2, read=2, deadline=2, attempts=3, first_wait=1, longest_wait=30)
HTML = Reply(b"\r\n<!DOCTYPE html><html><head><title>Request Error</title></head></html>")


def reply(document: object) -> Reply:
    """A document as JSON."""
    return Reply(json.dumps(document).encode())


# ---- the World Bank

WDI = "IT.NET.USER.ZS"


def wdi_row(area: str, value: object, year: int = 2024, series: object = WDI) -> dict:
    return {
        "indicator": {"id": series, "value": "Individuals using the Internet (% of population)"},
        "country": {"id": area[:2], "value": area},
        "countryiso3code": area,
        "date": str(year),
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    }


WDI_ROWS = [wdi_row("ABW", 97.2), wdi_row("AFG", 18), wdi_row("AGO", None)]


def wdi_page(
    rows: object, *, number: int = 1, pages: int = 1, total: int = 3, updated: str | None = "2026-07-13", **other: object
) -> Reply:
    header = {"page": number, "pages": pages, "per_page": 20000, "total": total, "sourceid": "2", "lastupdated": updated}
    return reply([header | other, rows])


def area_row(code: str, region: str, income: str = "HIC") -> dict:
    named = {"id": region, "iso2code": region[:2], "value": "Aggregates" if region == "NA" else f"Region {region} "}
    return {
        "id": code,
        "iso2Code": code[:2],
        "name": code,
        "region": named,
        "incomeLevel": {"id": income, "iso2code": "XD", "value": income},
    }


AREA_ROWS = [area_row("ABW", "LCN"), area_row("AFE", "NA", "NA"), area_row("AFG", "MEA", "LIC")]


def areas_page(rows: object, *, number: int = 1, pages: int = 1, total: int = 3) -> Reply:
    return reply([{"page": number, "pages": pages, "per_page": "400", "total": total}, rows])


# ---- Data360


def data360_row(area: str, value: str | None, year: int = 2024, **other: object) -> dict:
    row = {
        "OBS_VALUE": value, "TIME_FORMAT": "602", "UNIT_MULT": "0", "COMMENT_OBS": None, "OBS_STATUS": "A", "OBS_CONF": "PU",
        "AGG_METHOD": "W_AVG", "DECIMALS": None, "COMMENT_TS": None, "DATA_SOURCE": "ITU", "LATEST_DATA": False, "DATABASE_ID": "ITU_DH",
        "INDICATOR": "ITU_DH_INT_USER_PT", "REF_AREA": area, "SEX": "_T", "AGE": "_T", "URBANISATION": "_T", "COMP_BREAKDOWN_1": "_Z",
        "COMP_BREAKDOWN_2": "_Z", "COMP_BREAKDOWN_3": "_Z", "TIME_PERIOD": str(year), "FREQ": "A", "UNIT_MEASURE": "PT_POP",
        "UNIT_TYPE": "RATIO",
    }  # fmt: skip
    return row | other


DATA360_ROWS = [data360_row("ABW", "97.20"), data360_row("AFG", "18.4"), data360_row("AFG", "9.5", SEX="F")]


def data360_page(rows: object, count: object = 3) -> Reply:
    return reply({"count": count, "value": rows})


# ---- UN Statistics Division


def sdg_list(release: str = "2026.Q2.G.02", code: str = "IT_USE_ii99", *others: dict) -> Reply:
    named = {"goal": ["17"], "target": ["17.8"], "indicator": ["17.8.1"], "description": "Internet users", "uri": f"/v1/sdg/Series/{code}"}
    other = named | {"release": "2025.Q4.G.01", "code": "IT_MOB_OWN"}
    return reply([other, named | {"release": release, "code": code}, *others])


def sdg_row(area: str, value: str, year: float = 2024.0, sex: str = "BOTHSEX", series: object = "IT_USE_ii99") -> dict:
    return {
        "goal": ["17"], "target": ["17.8"], "indicator": ["17.8.1"], "series": series, "seriesDescription": "Internet users by sex (%)",
        "seriesCount": "3", "geoAreaCode": area, "geoAreaName": area, "timePeriodStart": year, "value": value, "valueType": "Float",
        "time_detail": None, "timeCoverage": None, "upperBound": None, "lowerBound": None, "basePeriod": None, "source": "ITU",
        "geoInfoUrl": None, "footnotes": [""], "attributes": {"Nature": "C", "Units": "PERCENT"},
        "dimensions": {"Reporting Type": "G", "Sex": sex},
    }  # fmt: skip


SDG_ROWS = [sdg_row("404", "28.80"), sdg_row("404", "<1", sex="FEMALE"), sdg_row("686", "60.6")]
SEXES = [{"code": code, "description": code.title(), "sdmx": code[:1]} for code in ("BOTHSEX", "FEMALE")]


def sdg_page(rows: object, *, number: object = 1, pages: object = 1, total: object = 3, sexes: list = SEXES) -> Reply:
    attributes = [{"id": "Units", "codes": [{"code": "PERCENT", "description": "Percentage", "sdmx": "PT"}]}]
    dimensions = [{"id": "Sex", "codes": sexes}]
    header = {"size": 1000, "totalElements": total, "totalPages": pages, "pageNumber": number}
    return reply(header | {"attributes": attributes, "dimensions": dimensions, "data": rows})


# ---- ITU

V2 = (
    '\ufeff"seriesID","seriesCode","seriesName","seriesParent","seriesUnits","entityID","entityIso","entityName",'
    '"dataValue","dataYear","dataNote","dataSource","seriesDescription"\n'
    '11624,"i99H","Individuals using the Internet",,"%",4,"ABW","Aruba","97.20",2024,"Aged 6\nor older.","A survey","What it is"\n'
    '11624,"i99H","Individuals using the Internet",,"%",6,"AFG","Afghanistan","18.4",2024,"","ITU estimate.","What it is"'
).encode()
V3 = (
    b"SeriesID,SeriesCode,Series,Unit,Database,Year,AreaName,AreaCode,DisaggregationGroup,Disaggregation1,Disaggregation2,Value,Notes,"
    b"Source,LastModifiedOn\n"
    b"11624,i99H,Internet users (%),% of individuals,ITU World Telecommunication Indicators Database,2024,Aruba,ABW,,,,97.20,"
    b"Aged 6 or older.,A survey,2026-02-02\n"
    b"11624,i99H,Internet users (%),% of individuals,ITU World Telecommunication Indicators Database,2024,Afghanistan,AFG"
    b",,,,,,,2026-07-10\n"
)
COUNTRIES = reply(
    [{"CountryID": 6, "IsoCode": "AFG", "ShortName": "Afghanistan"}, {"CountryID": 4, "IsoCode": "ABW", "ShortName": "Aruba"}]
)


def zipped(members: dict[str, bytes], pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", pack) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def saved(*records: Iterable[str], separator: str = ",", end: str = "\n", quoting: Any = csv.QUOTE_MINIMAL) -> bytes:
    """Records as a spreadsheet saves them in a CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting).writerows(records)
    return buffer.getvalue().encode()


def workbook(sheets: Mapping[str, Iterable[Iterable[object]]]) -> bytes:
    """Sheets by name as Excel saves them."""
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def baskets(price: float = 2.91) -> bytes:
    """A small workbook of price baskets, as Excel saves it."""
    sheets: dict[str, list[list[object]]] = {
        "Overview": [["Release date", dt.datetime(2025, 12, 2)]],
        "BasketHistory": [["Basket name", "Codes", "2024", "2025"], ["Fixed broadband", "i154_FBB5*", "x", "x"]],
        "economies_2024-2025": [
            ["IsoCode", "Economy", "Code", "Basket name", "Unit", 2024, 2025],
            ["ABW", "Aruba", "i154_FBB5_GNI", "Fixed broadband", "GNIpc", price, "NA"],
        ],
        "medians": [
            ["", "", "", "", "Annual medians", ""],
            ["Code", "Unit", "Grouping", "Group", 2024, 2025],
            ["i154_FBB5_GNI", "GNIpc", "World", "World", 2.5, 2.4],
        ],
    }
    return workbook(sheets)


# ---- every connector


@dataclass(frozen=True)
class Conversation:
    """The whole conversation of a connector: its request, and the replies that complete it."""

    ask: Callable[[Session, str], Fetched]
    replies: tuple[Reply, ...]


def _conversation(module: object, series: str, *replies: Reply, path: str = "") -> Conversation:
    return Conversation(lambda session, url: module.fetch(series, session=session, base_url=url + path, today=TODAY), replies)  # type: ignore[attr-defined]


CONVERSATIONS = {
    "world bank": _conversation(world_bank, WDI, wdi_page(WDI_ROWS)),
    "areas of the world bank": Conversation(
        lambda session, url: world_bank.fetch_areas(session=session, base_url=url, today=TODAY), (areas_page(AREA_ROWS),)
    ),
    "data360": _conversation(data360, "INT_USER_PT", data360_page(DATA360_ROWS)),
    "unsd": _conversation(unsd, "IT_USE_ii99", sdg_list(), sdg_page(SDG_ROWS), sdg_list()),
    "datahub v2": _conversation(itu_datahub, "11624", Reply(V2), path="/v2"),
    "datahub v3": _conversation(itu_datahub, "11624", COUNTRIES, Reply(zipped({"11624_1777496718795.csv": V2}))),
    "price baskets": _conversation(itu_workbooks, "itu-price-baskets", Reply(baskets())),
}
