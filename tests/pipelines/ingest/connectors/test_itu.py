"""ITU's connectors against a server that answers as theirs do: words in the body, zips or not, challenge pages; without waiting times."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest

from indicators.readers import workbook
from pipelines.ingest.connectors import Fetched, itu_datahub, itu_workbooks
from pipelines.ingest.connectors.session import Session, SourceMissing, SourceUnavailable, SourceUnusable
from tests.support.publishers import COUNTRIES, QUICK, TODAY, V2, V3, baskets, reply, zipped
from tests.support.server import Reply, Server

CHALLENGE = b"<!DOCTYPE html><html><body><script>window.awsWafCookieDomainList = [];</script><div id='challenge-container'></div></html>"
NO_DATA = b"No data available for the selected criteria"
BUSY = b"Throughput exceeds the current capacity of your table or index."
NO_PATH = b'{"message":"Missing Authentication Token"}'


def ask(server: Server, session: Session, series: str = "11624", path: str = "/v2") -> Fetched:
    return itu_datahub.fetch(series, session=session, base_url=server.url + path, today=TODAY)


def refusal(server: Server, session: Session, *replies: Reply, kind: type[SourceUnusable] = SourceUnusable, path: str = "/v2") -> str:
    """Return the line with which the DataHub's connector refuses these replies, after requesting all of them."""
    server.asked.clear()
    server.play(*replies)
    with pytest.raises(SourceUnusable) as refused:
        ask(server, session, path=path)
    assert refused.type is kind
    assert len(server.asked) == len(replies)
    line = str(refused.value)
    assert line.startswith(server.url)
    assert "\n" not in line
    return line


# ---- the DataHub


def test_version_2_is_asked_for_the_number_of_the_series(server, session):
    server.play(Reply(V2))
    fetched = ask(server, session)
    assert (fetched.content, fetched.vintage, fetched.published) == (V2, "", "")
    assert (fetched.file, fetched.rows) == ("11624.csv", 2)
    assert fetched.url == f"{server.url}/v2/data/download/byid/11624/iscollection/false"
    assert [(asked.path, asked.query) for asked in server.asked] == [("/v2/data/download/byid/11624/iscollection/false", {})]


def test_version_3_is_asked_for_all_countries_whose_list_is_read_once(server, session):
    server.play(COUNTRIES, Reply(V2), Reply(V2))
    assert ask(server, session, path="/v3") == ask(server, session, path="/v3")
    data = ("/v3/data/download", {"codesid": "11624", "countriesid": "4,6"})
    assert [(asked.path, asked.query) for asked in server.asked] == [("/v3/country/all", {}), data, data]


def test_an_export_of_version_3_is_dated_by_its_newest_row(server, session):
    server.play(COUNTRIES, Reply(zipped({"export.csv": V3})))
    fetched = ask(server, session, path="/v3")
    assert (fetched.content, fetched.rows) == (V3, 2)
    assert fetched.vintage == fetched.published == "2026-07-10"


@pytest.mark.parametrize("pack", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_export_is_stored_without_its_zip_so_that_its_name_and_packing_change_nothing(server, session, pack):
    server.play(Reply(V2), Reply(zipped({"x_1777496718795.csv": V2}, pack)), Reply(zipped({"data/y.CSV": V2, "readme.txt": b"x"}, pack)))
    assert ask(server, session) == ask(server, session) == ask(server, session)


@pytest.mark.parametrize("status", [200, 400, 500, 503])
def test_no_data_is_for_good_whatever_the_status(server, session, status):
    line = refusal(server, session, Reply(NO_DATA, status=status), kind=SourceMissing)
    assert "the source has no data for this series" in line


@pytest.mark.parametrize("status", [200, 400, 403, 429, 500])
def test_too_much_asked_passes_whatever_the_status(server, session, waits, status):
    server.play(Reply(BUSY, status=status), Reply(BUSY, status=status), Reply(V2))
    assert ask(server, session).rows == 2
    assert waits == [1, 2]
    assert "Throughput exceeds" in refusal(server, session, *[Reply(BUSY, status=status)] * 3)


def test_any_other_500_is_asked_again(server, session, waits):
    server.play(Reply(b"Internal Server Error", status=500), Reply(NO_DATA[:5], status=500), Reply(V2))
    assert ask(server, session).rows == 2
    assert waits == [1, 2]


@pytest.mark.parametrize("path", ["/v2", "/v3"])
def test_a_wrong_path_is_distinguished_from_an_unavailable_source(server, session, path):
    line = refusal(server, session, Reply(NO_PATH, status=403), path=path)
    assert "no key exists, the path is wrong" in line
    assert "closed" not in line


@pytest.mark.parametrize("path", ["/v2", "/v3"])
@pytest.mark.parametrize(
    "shut",
    [
        Reply(b"Request Rejected", status=403),
        Reply(b'{"message":"Forbidden"}', status=403),
        Reply(CHALLENGE, status=202),
        Reply(b"", status=202),
        Reply(CHALLENGE),
        Reply(CHALLENGE, status=405),
        Reply(b"\xef\xbb\xbf\n<html><title>Just a moment...</title>", status=503),
    ],
    ids=str,
)
def test_a_source_that_keeps_programs_out_is_unavailable_and_requested_once(server, session, waits, path, shut):
    line = refusal(server, session, shut, kind=SourceUnavailable, path=path)
    assert "closed to programs" in line
    assert "divide add FILE" in line
    assert waits == []


def test_202_with_something_else_is_not_taken_for_closed(server, session):
    assert "HTTP 202" in refusal(server, session, Reply(b'{"status":"accepted"}', status=202))


@pytest.mark.parametrize(
    "countries",
    [[], [{"CountryID": "4"}], [{"CountryID": 4}, {"IsoCode": "AFG"}], [{"CountryID": 4}, {"CountryID": 4}], [{"CountryID": 4}, 6]],
    ids=str,
)
def test_a_list_of_countries_of_another_form_is_refused(server, session, countries):
    assert "a list without the numbers of countries" in refusal(server, session, reply(countries), path="/v3")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (V2.replace(b"11624", b"19303"), "no figure of series 11624 is in the file received"),
        (V2.split(b"\n")[0], "a header and no rows"),
        (V2.replace(b"dataSource", b"source"), "lacks dataSource"),
        (V2[:-20], "damaged or cut off in row 3"),
        (b"[]", "an empty answer, []: there is no such id"),
        (b"Year,Value\n2024,1\n", "a CSV of no layout we know"),
        (
            b'[{"page":1,"pages":1,"total":1,"lastupdated":"2026-07-13"},[{"indicator":{"id":"11624"}}]]',
            "a file of the layout world-bank-json was received",
        ),
        (zipped({"readme.txt": V2}), "a zip with no table (readme.txt)"),
        (zipped({"a.csv": V2, "b.csv": V2}), "a zip with 2 tables (a.csv, b.csv)"),
        (zipped({"a.csv": zipped({"b.csv": V2})}), "a zip within a zip"),
        (zipped({"a.csv": V2})[:-30], "a zip that is damaged, cut off or locked"),
        (zipped({"a.csv": V2}, zipfile.ZIP_STORED).replace(b"97.20", b"97.30"), "a zip that is damaged, cut off or locked"),
        (b"PK\x03\x04", "a zip that is damaged, cut off or locked"),
    ],
)
def test_a_file_that_is_not_the_whole_export_of_the_series_is_refused(server, session, body, said):
    assert said in refusal(server, session, Reply(body))


def test_a_zip_that_unpacks_to_more_than_the_cap_is_refused(server):
    bomb = zipped({"a.csv": b"x" * 50_000_000})
    server.play(Reply(bomb))
    with Session(replace(QUICK, size=1_000_000)) as small, pytest.raises(SourceUnusable, match="a zip that unpacks to more than 1 MB"):
        ask(server, small)


@pytest.mark.parametrize("pack", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_with_one_byte_changed_gives_the_same_rows_or_none(server, session, pack):
    whole = zipped({"a.csv": V2}, pack)
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        server.play(Reply(bytes(damaged)))
        with contextlib.suppress(SourceUnusable):
            assert ask(server, session).content == V2


def test_a_zip_that_lies_about_its_size_is_refused(server, session):
    packed = zipped({"a.csv": V2})
    lying = packed.replace(len(V2).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert "a zip that is damaged" in refusal(server, session, Reply(lying))


# ---- the workbooks

BASKETS = "/ICT_Prices/ITU_ICTPriceBaskets_2008-{}.xlsx"
AGGREGATES = "/facts/ITU_regional_global_Key_ICT_indicator_aggregates_Nov_{}.xlsx"
MISSING = Reply(b"<html>404</html>", status=404)


def repacked(book: bytes) -> bytes:
    """A workbook whose parts are not compressed."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, zipfile.ZIP_STORED)


def ask_for_workbook(server: Server, session: Session, series: str = "itu-price-baskets", today: dt.date = TODAY) -> Fetched:
    return itu_workbooks.fetch(series, session=session, base_url=server.url, today=today)


@pytest.mark.parametrize(("series", "path"), [("itu-price-baskets", BASKETS), ("itu-aggregates", AGGREGATES)])
def test_the_edition_of_this_year_is_looked_for_first_and_then_that_of_the_year_before(server, session, series, path):
    server.play(MISSING, MISSING)
    with pytest.raises(SourceMissing) as refused:
        ask_for_workbook(server, session, series)
    assert [asked.path for asked in server.asked] == [path.format(2026), path.format(2025)]
    assert all(server.url + path.format(year) in str(refused.value) for year in (2026, 2025))
    assert "no edition of these years" in str(refused.value)


def test_a_workbook_comes_as_it_is_dated_as_it_says(server, session):
    content = baskets()
    server.play(MISSING, Reply(content))
    fetched = ask_for_workbook(server, session)
    assert (fetched.content, fetched.file) == (content, "ITU_ICTPriceBaskets_2008-2025.xlsx")
    assert fetched.vintage == fetched.published == "2025-12-02"
    assert fetched.url == server.url + BASKETS.format(2025)
    assert fetched.rows == 4


def test_a_workbook_of_another_layout_is_refused(server, session):
    server.play(Reply(baskets()))
    with pytest.raises(SourceUnusable, match="a file of the layout itu-price-baskets was received"):
        ask_for_workbook(server, session, "itu-aggregates")


def test_at_new_year_the_edition_of_the_year_before_is_found(server, session):
    server.play(MISSING, Reply(b"gone", status=410))
    with pytest.raises(SourceUnusable, match=r"2008-2026\.xlsx: HTTP 410"):
        ask_for_workbook(server, session, today=dt.date(2027, 1, 1))
    assert [asked.path for asked in server.asked] == [BASKETS.format(2027), BASKETS.format(2026)]


@pytest.mark.parametrize("status", [400, 403, 410, 500])
def test_trouble_with_the_edition_of_this_year_does_not_bring_the_one_before(server, session, status):
    server.play(*[Reply(status=status)] * 3)
    with pytest.raises(SourceUnusable):
        ask_for_workbook(server, session)
    assert {asked.path for asked in server.asked} == {BASKETS.format(2026)}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (baskets()[:-30], "a zip that is damaged, cut off or locked"),
        (baskets()[: len(baskets()) // 2], "a zip that is damaged, cut off or locked"),
        (repacked(baskets()).replace(b"<v>2.91</v>", b"<v>2.92</v>"), "a workbook that is damaged, cut off or locked (Bad CRC-32"),
        (zipped({"a.csv": V2}), "a file of the layout itu-datahub-v2 was received"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "an Excel workbook of no layout we know"),
    ],
)
def test_what_is_not_a_whole_workbook_is_refused(server, session, body, said):
    server.play(Reply(body))
    with pytest.raises(SourceUnusable) as refused:
        ask_for_workbook(server, session)
    assert said in str(refused.value)
    assert str(refused.value).startswith(server.url + BASKETS.format(2026))
    assert len(server.asked) == 1


def test_a_workbook_that_unpacks_to_more_than_the_cap_is_refused(server, session, monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST", 1000)
    server.play(Reply(baskets()))
    with pytest.raises(SourceUnusable, match="a workbook that unpacks to more than"):
        ask_for_workbook(server, session)


@pytest.mark.parametrize("instead", [b"", b"<html>Sorry</html>", b"\xd0\xcf\x11\xe0 an old workbook"])
def test_what_is_no_workbook_at_all_is_asked_again(server, session, waits, instead):
    server.play(*[Reply(instead)] * 3)
    with pytest.raises(SourceUnusable, match=r"no workbook was received; the answer begins .*asked 3 times"):
        ask_for_workbook(server, session)
    assert waits == [1, 2]


@pytest.mark.parametrize("shut", [Reply(CHALLENGE), Reply(CHALLENGE, status=202), Reply(b"Forbidden", status=403)])
def test_a_site_that_keeps_programs_out_is_closed(server, session, shut):
    server.play(shut)
    with pytest.raises(SourceUnavailable):
        ask_for_workbook(server, session)
    assert len(server.asked) == 1


def test_a_file_that_is_no_workbook_of_that_name_is_not_known(session):
    with pytest.raises(KeyError):
        itu_workbooks.fetch("itu-cookbook", session=session, today=TODAY)
