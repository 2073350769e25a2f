"""The connector of Data360 against a server that pages, repeats and miscounts; without waiting times, and nothing leaves this machine."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from indicators.readers import data360_json
from pipelines.ingest.connectors import Fetched, data360
from pipelines.ingest.connectors.session import Session, SourceMissing, SourceUnusable
from tests.support.publishers import DATA360_ROWS, QUICK, TODAY, data360_page, data360_row
from tests.support.server import Reply, Server


def ask(server: Server, session: Session, series: str = "INT_USER_PT") -> Fetched:
    return data360.fetch(series, session=session, base_url=server.url, today=TODAY)


def refusal(server: Server, session: Session, *replies: Reply) -> str:
    """Return the line with which the connector refuses these replies, after requesting all of them."""
    server.play(*replies)
    with pytest.raises(SourceUnusable) as refused:
        ask(server, session)
    assert len(server.asked) == len(replies)
    line = str(refused.value)
    assert isinstance(refused.value, SourceMissing) == ("no rows; check" in line or "does not list" in line)
    return line


def test_a_series_comes_as_one_document_that_nothing_dates(server, session):
    server.play(data360_page(DATA360_ROWS))
    fetched = ask(server, session)
    assert (fetched.vintage, fetched.published, fetched.file, fetched.rows) == ("", "", "INT_USER_PT.json", 3)
    assert fetched.url == f"{server.url}/data360/data?DATABASE_ID=ITU_DH&INDICATOR=ITU_DH_INT_USER_PT"
    document = json.loads(fetched.content)
    assert document["count"] == 3
    assert sorted(map(str, document["value"])) == sorted(map(str, (dict(sorted(row.items())) for row in DATA360_ROWS)))
    (asked,) = server.asked
    assert asked.path == "/data360/data"
    assert asked.query == {"DATABASE_ID": "ITU_DH", "INDICATOR": "ITU_DH_INT_USER_PT", "top": "1000", "skip": "0"}


def test_an_unchanged_series_gives_unchanged_bytes_whatever_its_pages_and_the_order_of_rows_and_fields(server, session):
    backwards = [dict(reversed(row.items())) for row in reversed(DATA360_ROWS)]
    server.play(
        data360_page(DATA360_ROWS), data360_page(backwards), data360_page(DATA360_ROWS[1:]), data360_page(DATA360_ROWS[:1]),
    )  # fmt: skip
    assert ask(server, session) == ask(server, session) == ask(server, session)
    # A page that is shorter than requested is a cap without notice: the next begins where it ended.
    assert [asked.query["skip"] for asked in server.asked] == ["0", "0", "0", "2"]


@pytest.mark.parametrize("number", ["67.10", "6.47186e+010", "0.00001", "12345678901234567890.123456789", "-0.0", "1E400"])
def test_a_number_keeps_every_digit_as_text_and_as_a_number(server, session, number):
    row = data360_row("ABW", number)
    body = data360_page([row], 1).body
    server.play(Reply(body), Reply(body.replace(f'"{number}"'.encode(), number.encode())))
    assert f'"OBS_VALUE":"{number}"'.encode() in ask(server, session).content
    assert f'"OBS_VALUE":{number},'.encode() in ask(server, session).content


def test_the_reader_reads_what_the_door_stores(server, session):
    server.play(data360_page(DATA360_ROWS))
    content = ask(server, session).content
    assert data360_json.recognises(content)
    assert sorted(data360_json.read(content)["value"]) == ["18.4", "9.5", "97.20"]


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ([data360_page([], 0)], "no rows; check the code of the series"),
        ([data360_page([])], "no rows, although 3 are promised"),
        ([data360_page(DATA360_ROWS[:2]), data360_page([])], "no rows, although 3 are promised"),
        ([data360_page(DATA360_ROWS, 2)], "3 rows received of the 2 announced"),
        ([data360_page(DATA360_ROWS, -1)], "3 rows received of the -1 announced"),
        ([data360_page(DATA360_ROWS[:2]), data360_page(DATA360_ROWS[1:])], "4 rows received of the 3 announced"),
        ([data360_page(DATA360_ROWS[:2]), data360_page(DATA360_ROWS[2:], 4)], "total changed from 3 to 4 at page 2"),
        ([data360_page(DATA360_ROWS[:1], 2), data360_page(DATA360_ROWS[:1], 2)], "1 rows are duplicates"),
        ([data360_page([*DATA360_ROWS[:2], DATA360_ROWS[0]])], "1 rows are duplicates"),
        ([data360_page([*DATA360_ROWS[:2], data360_row("ABW", "1", INDICATOR="ITU_DH_POP_COV_4G")])], "ITU_DH_POP_COV_4G"),
        ([data360_page([*DATA360_ROWS[:2], data360_row("ABW", "1", DATABASE_ID="WB_WDI")])], "a row of another series was received"),
        ([data360_page([*DATA360_ROWS[:2], None])], "a row of another series was received"),
        ([data360_page([*DATA360_ROWS[:2], {}])], "a row of another series was received"),
        ([data360_page({})], "JSON without"),
        ([data360_page(DATA360_ROWS, "3")], "JSON without"),
        ([data360_page(DATA360_ROWS, None)], "JSON without"),
        ([data360_page(DATA360_ROWS, 3.0)], "JSON without"),
    ],
)
def test_a_series_that_is_not_whole_or_of_something_else_is_refused(server, session, replies, said):
    assert said in refusal(server, session, *replies)


def test_the_same_area_and_year_with_another_breakdown_is_another_row(server, session):
    server.play(data360_page([data360_row("AFG", "9.5", SEX=sex) for sex in ("_T", "F", "M")]))
    assert ask(server, session).rows == 3


def test_pages_without_end_are_left_at_a_stated_number(server):
    server.play(*[data360_page([data360_row("ABW", "1", year)], 100) for year in range(10)])
    with Session(replace(QUICK, pages=4)) as patient, pytest.raises(SourceUnusable, match="4 rows of 100 after 4 pages"):
        ask(server, patient)
    assert [asked.query["skip"] for asked in server.asked] == ["0", "1", "2", "3"]
