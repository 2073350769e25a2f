"""The connector of the UN Statistics Division against a server that pages, repeats, miscounts and publishes meanwhile; without waits."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from indicators.readers import unsd_json
from pipelines.ingest.connectors import Fetched, unsd
from pipelines.ingest.connectors.session import Session, SourceMissing, SourceUnusable
from tests.support.publishers import QUICK, SDG_ROWS, SEXES, TODAY, sdg_list, sdg_page, sdg_row
from tests.support.server import Reply, Server


def ask(server: Server, session: Session, series: str = "IT_USE_ii99") -> Fetched:
    return unsd.fetch(series, session=session, base_url=server.url, today=TODAY)


def refusal(server: Server, session: Session, *replies: Reply) -> str:
    """Return the line with which the connector refuses these replies, after requesting all of them."""
    server.play(*replies)
    with pytest.raises(SourceUnusable) as refused:
        ask(server, session)
    assert len(server.asked) == len(replies)
    line = str(refused.value)
    assert isinstance(refused.value, SourceMissing) == ("no rows; check" in line or "does not list" in line)
    return line


def test_a_series_comes_as_one_document_with_its_release(server, session):
    server.play(sdg_list(), sdg_page(SDG_ROWS), sdg_list())
    fetched = ask(server, session)
    assert (fetched.vintage, fetched.published, fetched.file, fetched.rows) == ("2026.Q2.G.02", "2026-04", "IT_USE_ii99.json", 3)
    assert fetched.url == f"{server.url}/Series/Data?seriesCode=IT_USE_ii99"
    document = json.loads(fetched.content)
    assert {name: document[name] for name in ("release", "series", "totalElements")} == {
        "release": "2026.Q2.G.02", "series": "IT_USE_ii99", "totalElements": 3,
    }  # fmt: skip
    assert sorted(document["data"], key=json.dumps) == sorted((dict(sorted(row.items())) for row in SDG_ROWS), key=json.dumps)
    assert document["dimensions"] == [{"id": "Sex", "codes": SEXES}]
    assert [part["id"] for part in document["attributes"]] == ["Units"]
    assert [(asked.path, asked.query) for asked in server.asked] == [
        ("/Series/List", {"allreleases": "false"}),
        ("/Series/Data", {"seriesCode": "IT_USE_ii99", "page": "1", "pageSize": "1000"}),
        ("/Series/List", {"allreleases": "false"}),
    ]


def test_an_unchanged_series_gives_unchanged_bytes_whatever_its_pages_and_order_and_the_codes_each_page_explains(server):
    conversations = (
        [sdg_page(SDG_ROWS)],
        [sdg_page(SDG_ROWS[::-1], sexes=SEXES[::-1])],
        [sdg_page(SDG_ROWS[1:], pages=2, sexes=SEXES[1:]), sdg_page(SDG_ROWS[:1], number=2, pages=2, sexes=SEXES[:1])],
    )
    stored = []
    for pages in conversations:
        server.play(sdg_list(), *pages, sdg_list())
        with Session(QUICK) as session:
            stored.append(ask(server, session))
    assert stored[0] == stored[1] == stored[2]


@pytest.mark.parametrize("number", ["28.80", "NaN", "<1", "6.1E8", ".."])
def test_a_value_is_kept_as_it_was_printed(server, session, number):
    server.play(sdg_list(), sdg_page([sdg_row("404", number)], total=1), sdg_list())
    content = ask(server, session).content
    assert f'"value":"{number}"'.encode() in content
    assert b'"timePeriodStart":2024.0' in content


def test_the_reader_reads_what_the_door_stores(server, session):
    server.play(sdg_list(), sdg_page(SDG_ROWS), sdg_list())
    content = ask(server, session).content
    assert unsd_json.recognises(content)
    assert sorted(unsd_json.read(content)["value"]) == ["28.80", "60.6", "<1"]


@pytest.mark.parametrize(("release", "month"), [("2025.Q1.G.01", "2025-01"), ("2025.Q3.G.02", "2025-07"), ("2026.Q4.G.10", "2026-10")])
def test_the_label_of_a_release_says_its_quarter_and_no_more(server, session, release, month):
    server.play(sdg_list(release), sdg_page(SDG_ROWS), sdg_list(release))
    fetched = ask(server, session)
    assert (fetched.vintage, fetched.published) == (release, month)


def test_a_code_is_found_in_capitals_or_not_and_asked_for_as_the_database_spells_it(server, session):
    server.play(sdg_list(), sdg_page(SDG_ROWS), sdg_list())
    assert ask(server, session, "IT_USE_II99").file == "IT_USE_ii99.json"
    assert server.asked[1].query["seriesCode"] == "IT_USE_ii99"


def test_rows_may_spell_the_code_in_capitals(server, session):
    server.play(sdg_list(), sdg_page([sdg_row("404", "1", series="IT_USE_II99")], total=1), sdg_list())
    assert ask(server, session).rows == 1


# ---- the release, before and after


def test_a_release_that_comes_out_meanwhile_means_to_ask_again_later(server, session):
    line = refusal(server, session, sdg_list(), sdg_page(SDG_ROWS), sdg_list("2026.Q3.G.01"))
    assert "release 2026.Q3.G.01 was published while 2026.Q2.G.02 was being read; try again later" in line


def test_after_that_the_next_series_is_of_the_new_release(server, session):
    new = sdg_list("2026.Q3.G.01")
    refusal(server, session, sdg_list(), sdg_page(SDG_ROWS), new)
    server.play(sdg_page(SDG_ROWS), new)
    assert ask(server, session).vintage == "2026.Q3.G.01"


def test_the_list_is_read_once_before_the_first_series_and_once_after_each(server, session):
    server.play(sdg_list(), sdg_page(SDG_ROWS), sdg_list(), sdg_page(SDG_ROWS), sdg_list(), sdg_page(SDG_ROWS), sdg_list())
    assert ask(server, session) == ask(server, session) == ask(server, session)
    assert [asked.path.rsplit("/", 1)[1] for asked in server.asked] == ["List", "Data"] * 3 + ["List"]


def test_a_release_is_not_trusted_that_cannot_be_read_again(server, session):
    assert "HTTP 502" in refusal(server, session, sdg_list(), sdg_page(SDG_ROWS), *[Reply(status=502)] * 3)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (sdg_list(code="IT_USE_ii98"), "does not list IT_USE_ii99; check the code"),
        (sdg_list(release="latest"), "one release is expected of IT_USE_ii99, such as 2026.Q2.G.02; listed is IT_USE_ii99 latest"),
        (sdg_list(release="2026.Q5.G.01"), "one release is expected"),
        (sdg_list(release="../2026.Q2.G.02"), "one release is expected"),
        (sdg_list("2026.Q2.G.02", "IT_USE_ii99", {"code": "IT_USE_ii99", "release": "2026.Q1.G.01"}), "one release is expected"),
        (sdg_list("2026.Q2.G.02", "IT_USE_ii99", {"code": "IT_USE_ii99"}), "one release is expected"),
        (Reply(b"[]"), "does not list IT_USE_ii99"),
        (Reply(b'["IT_USE_ii99"]'), "JSON without"),
    ],
)
def test_a_list_that_does_not_name_one_release_of_the_series_is_refused_before_and_after(server, session, listed, said):
    assert said in refusal(server, session, listed)
    server.asked.clear()
    with Session(QUICK) as another:
        assert said in refusal(server, another, sdg_list(), sdg_page(SDG_ROWS), listed)


# ---- the pages


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ([sdg_page([], total=0, pages=0)], "no rows; check the code of the series"),
        ([sdg_page([])], "no rows, although 3 are promised"),
        ([sdg_page(SDG_ROWS[:2], pages=2), sdg_page([], number=2, pages=2)], "no rows, although 3 are promised"),
        ([sdg_page(SDG_ROWS, total=4)], "3 rows received of the 4 announced"),
        ([sdg_page(SDG_ROWS, total=2)], "3 rows received of the 2 announced"),
        ([sdg_page(SDG_ROWS[:1], pages=2), sdg_page(SDG_ROWS[2:], number=2, pages=2)], "2 rows received of the 3 announced"),
        ([sdg_page(SDG_ROWS[:2], pages=2), sdg_page(SDG_ROWS[1:], number=2, pages=2)], "4 rows received of the 3 announced"),
        ([sdg_page(SDG_ROWS[:2], pages=2), sdg_page(SDG_ROWS[2:], number=2, pages=2, total=4)], "total changed from 3 to 4 at page 2"),
        ([sdg_page(SDG_ROWS[:2], pages=2), sdg_page(SDG_ROWS[2:], number=2, pages=3)], "pages changed from 2 to 3 at page 2"),
        ([sdg_page(SDG_ROWS[:2], pages=2), sdg_page(SDG_ROWS[:2], pages=2)], "page 1 was received instead of page 2"),
        ([sdg_page(SDG_ROWS[:1], pages=2, total=2), sdg_page(SDG_ROWS[:1], number=2, pages=2, total=2)], "1 rows are duplicates"),
        ([sdg_page([*SDG_ROWS[:2], SDG_ROWS[0]])], "1 rows are duplicates"),
        ([sdg_page([*SDG_ROWS[:2], sdg_row("404", "1", series="IT_MOB_OWN")])], "a row of another series was received: IT_MOB_OWN"),
        ([sdg_page([*SDG_ROWS[:2], None])], "a row of another series was received: None"),
        ([sdg_page([*SDG_ROWS[:2], {}])], "a row of another series was received: None"),
        ([sdg_page(None)], "JSON without"),
        ([sdg_page(SDG_ROWS, total="3")], "JSON without"),
        ([sdg_page(SDG_ROWS, number=None)], "JSON without"),
        ([sdg_page(SDG_ROWS, pages=1.0)], "JSON without"),
    ],
)
def test_a_series_that_is_not_whole_or_of_something_else_is_refused(server, session, replies, said):
    assert said in refusal(server, session, sdg_list(), *replies)


@pytest.mark.parametrize("codes", [[{"id": "Sex"}], ["Sex"], {"id": "Sex"}, 5, [{"codes": []}], [{"id": [], "codes": []}]])
def test_code_lists_of_another_form_are_refused(server, session, codes):
    body = json.loads(sdg_page(SDG_ROWS).body) | {"dimensions": codes}
    line = refusal(server, session, sdg_list(), Reply(json.dumps(body).encode()), sdg_list())
    assert "dimensions of another form than lists of codes" in line


def test_the_order_of_the_code_lists_changes_nothing(server):
    lists = [{"id": "Sex", "codes": SEXES}, {"id": "Age", "codes": []}]
    stored = []
    for dimensions in (lists, lists[::-1]):
        body = json.loads(sdg_page(SDG_ROWS).body) | {"dimensions": dimensions}
        server.play(sdg_list(), Reply(json.dumps(body).encode()), sdg_list())
        with Session(QUICK) as session:
            stored.append(ask(server, session))
    assert stored[0] == stored[1]


@pytest.mark.parametrize("absent", [{"dimensions": None}, {"dimensions": []}])
def test_code_lists_may_be_absent(server, session, absent):
    body = json.loads(sdg_page(SDG_ROWS).body) | absent
    server.play(sdg_list(), Reply(json.dumps(body).encode()), sdg_list())
    assert json.loads(ask(server, session).content)["dimensions"] == []


def test_pages_without_end_are_left_at_a_stated_number(server):
    pages = [sdg_page([sdg_row("404", "1", 2000.0 + number)], number=number, pages=100, total=100) for number in range(1, 9)]
    server.play(sdg_list(), *pages)
    with Session(replace(QUICK, pages=4)) as patient, pytest.raises(SourceUnusable, match="4 rows of 100 after 4 pages"):
        ask(server, patient)
    assert len(server.asked) == 5
