"""Each kind of news is found when it happens, and not when it does not."""

from __future__ import annotations

import pandas as pd
import pytest

from indicators.editions import news
from indicators.editions.news import NewsItem, NewsKind, StatusSnapshot, news_items
from tests.support.status_snapshots import COLUMNS, INTERNET, WDI, judged, snapshot_of, source, target


def the_one(before: StatusSnapshot, now: StatusSnapshot) -> NewsItem:
    (item,) = news_items(before, now)
    return item


def remembered(state: StatusSnapshot) -> StatusSnapshot:
    """Return a standing as it is remembered, which is all that a later one is compared with."""
    return StatusSnapshot(**state.compared_columns())


# ---- verdicts


def test_a_verdict_that_flipped_is_reported_with_its_reason_and_its_page():
    item = the_one(snapshot_of(verdicts=[judged("supported")]), snapshot_of(verdicts=[judged("revised since")]))
    assert str(item) == "online-2025 (published): supported became revised since"
    assert (item.kind, item.severity, item.reason) == ("verdict changed", "high", "Facts and Figures 2025 gives 73.6 %.")
    assert item.page == "paragraphs/20.html, table verdicts"


@pytest.mark.parametrize(
    "now",
    [[judged("supported")], [], [judged("supported"), judged("undetermined", claim="another")]],
    ids=["as it was", "gone", "another is new"],
)
def test_a_verdict_that_did_not_flip_is_not_reported(now):
    assert news_items(snapshot_of(verdicts=[judged("supported")]), snapshot_of(verdicts=now)) == []


def test_a_flip_of_what_we_compute_ourselves_weighs_less():
    before = snapshot_of(verdicts=[judged("supported", "computed"), judged("supported")])
    now = snapshot_of(verdicts=[judged("undetermined", "computed"), judged("not supported")])
    assert [item.subject for item in news_items(before, now)] == ["online-2025 (published)", "online-2025 (computed)"]


# ---- targets


def test_a_changed_status_is_reported_with_the_pace_behind_it():
    item = the_one(snapshot_of(targets=[target("world", "on pace", "group")]), snapshot_of(targets=[target("world", "too slow", "group")]))
    assert str(item) == "umc-internet-use (Everyone uses the Internet): world: on pace became too slow"
    assert item.reason == "world: 73.6 in 2025 by WDI 2026, +2.2 a year, +4.3 a year required"
    assert (item.kind, item.severity, item.page) == ("target status changed", "medium", "areas/world.html, table targets")


@pytest.mark.parametrize("now", [[target("NAM", "met")], [], [target("NAM", "met"), target("KEN", "met")]], ids=["same", "gone", "new"])
def test_a_status_that_did_not_change_is_not_reported(now):
    assert news_items(snapshot_of(targets=[target("NAM", "met")]), snapshot_of(targets=now)) == []


def test_many_economies_are_one_item_and_the_world_and_groups_another_that_goes_first():
    areas = [f"A{letter}A" for letter in "ABCDEFGHIJ"]
    groups = ["ldc", "africa", "world"]

    def at(status: str) -> StatusSnapshot:
        return snapshot_of(targets=[*(target(area, status) for area in areas), *(target(area, status, "group") for area in groups)])

    first, second = news_items(at("on pace"), at("too slow"))
    assert first.subject.endswith(": world, africa, ldc")
    # Ten economies, of which eight are named.
    assert second.subject.endswith("AAA, ABA, ACA, ADA, AEA, AFA, AGA, AHA and 2 more economies")
    assert (first.severity, second.severity) == ("medium", "low")


def test_a_status_without_a_value_says_why_there_is_none():
    before, now = snapshot_of(targets=[target("NAM", "met")]), snapshot_of(targets=[target("NAM", "undetermined", latest=None)])
    assert the_one(before, now).reason == "NAM: no value"


# ---- coverage


def covered(share: float, publishable: str, group: str = "world", year: int = 2024, vintage: str = "2025") -> tuple:
    return (WDI, INTERNET, group, year, vintage, share, publishable)


@pytest.mark.parametrize(
    ("before", "now", "severity"),
    [
        # 0.95 - 0.89 = 0.06, more than 0.05, and still two thirds.
        ((0.95, "published"), (0.89, "published"), "medium"),
        # 0.70 - 0.66 = 0.04, but what was published no longer is.
        ((0.70, "published"), (0.66, "indicative"), "high"),
        ((0.70, "published"), (0.20, "not published"), "high"),
    ],
)
def test_coverage_fell_where_five_points_or_a_class_were_lost(before, now, severity):
    item = the_one(snapshot_of(coverage=[covered(*before)]), snapshot_of(coverage=[covered(*now, vintage="2026")]))
    assert (item.kind, item.severity) == ("coverage fell", severity)
    assert item.before == f"{before[0]:.0%} of the people reported (published)"
    assert item.after == f"{now[0]:.0%} ({now[1]})"
    assert item.reason == "WDI: 2026 instead of 2025"


@pytest.mark.parametrize("share", [0.95, 0.90, 1.0], ids=["as it was", "by five points and no more", "it rose"])
def test_coverage_that_fell_by_little_or_rose_is_not_reported(share):
    # 0.95 - 0.90 is a hair more than 0.05 in binary, and is not reported.
    assert news_items(snapshot_of(coverage=[covered(0.95, "published")]), snapshot_of(coverage=[covered(share, "published")])) == []


def test_a_thin_newest_year_is_no_fall_since_it_was_never_a_headline():
    before = snapshot_of(coverage=[covered(0.95, "published"), covered(0.6, "indicative", year=2025)])
    now = snapshot_of(
        coverage=[covered(0.95, "published"), covered(0.3, "not published", year=2025), covered(0.1, "not published", year=2026)]
    )
    assert news_items(before, now) == []


def test_it_is_the_newest_headline_that_counts():
    before = snapshot_of(coverage=[covered(0.9, "published", year=year) for year in (2010, 2024)])
    now = snapshot_of(coverage=[covered(0.5, "indicative", year=2010), covered(0.9, "published")])
    assert news_items(before, now) == []


def test_a_figure_that_nothing_stands_behind_any_more_has_lost_all_its_coverage():
    item = the_one(snapshot_of(coverage=[covered(0.9, "published")]), snapshot_of())
    assert (item.after, item.reason, item.severity) == ("0% (no figure)", "WDI: no vintage instead of 2025", "high")


def test_groups_whose_coverage_fell_together_are_one_item_the_world_first():
    groups = ["ldc", "sids", "world"]
    before = snapshot_of(coverage=[covered(0.9, "published", group) for group in groups])
    now = snapshot_of(coverage=[covered(share, "published", group) for share, group in zip((0.7, 0.8, 0.84), groups, strict=True)])
    item = the_one(before, now)
    assert item.subject == f"{INTERNET}, world 2024"
    assert item.reason == "WDI: still 2025; also ldc 90% to 70%, sids 90% to 80%"


# ---- sources


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ("available", "unavailable", "source unavailable"),
        ("available", "unusable", "source unavailable"),
        ("not requested", "unavailable", "source unavailable"),
        ("unavailable", "available", "source available again"),
        ("unusable", "available", "source available again"),
    ],
)
def test_a_source_that_became_unavailable_or_available_is_news(before, now, kind):
    assert the_one(snapshot_of(sources=[source(before)]), snapshot_of(sources=[source(now)])).kind == kind


@pytest.mark.parametrize(
    ("before", "now"),
    [
        *(("available", "available"), ("unavailable", "unavailable"), ("unavailable", "unusable"), ("unusable", "unavailable")),
        *(("not requested", "available"), ("unavailable", "not requested"), ("no connector", "no connector")),
    ],
)
def test_a_source_that_stays_as_it_was_is_no_news(before, now):
    assert news_items(snapshot_of(sources=[source(before)]), snapshot_of(sources=[source(now)])) == []


def test_the_message_of_the_connector_is_the_reason():
    item = the_one(snapshot_of(sources=[source()]), snapshot_of(sources=[source("unavailable", said="HTTP 403 Request Rejected")]))
    assert (item.reason, item.page) == ("HTTP 403 Request Rejected", "sources.html, table freshness")


@pytest.mark.parametrize(("before", "now", "kind"), [(False, True, "source overdue"), (True, False, "source up to date again")])
def test_a_source_that_became_overdue_or_up_to_date_is_news(before, now, kind):
    item = the_one(snapshot_of(sources=[source(overdue=before)]), snapshot_of(sources=[source(overdue=now)]))
    assert (item.kind, item.subject) == (kind, WDI)


@pytest.mark.parametrize("overdue", [True, False])
def test_a_source_that_stays_overdue_or_up_to_date_is_no_news(overdue):
    assert news_items(snapshot_of(sources=[source(overdue=overdue)]), snapshot_of(sources=[source(overdue=overdue)])) == []


# ---- history


def stored(*vintages: str, file: str = "use.json") -> list[tuple]:
    return [(f"{WDI}/{vintage}/{file}", WDI, vintage, file) for vintage in vintages]


def moved(changed: int, withdrawn: int = 0, numbers: int = 200, to: str = "2026") -> tuple:
    return (WDI, "2025", to, INTERNET, numbers, changed, withdrawn)


@pytest.mark.parametrize(
    ("changed", "withdrawn", "numbers", "is_reported"),
    [
        (21, 0, 200, True),  # 10.5 per cent moved
        (20, 0, 200, False),  # 10 per cent, and no more
        (0, 3, 200, True),  # 1.5 per cent taken back
        (0, 2, 200, False),  # 1 per cent, and no more
        (40, 0, 49, False),  # too few to be a history
    ],
)
def test_a_vintage_that_moved_or_took_back_much_of_the_one_before_rewrote_history(changed, withdrawn, numbers, is_reported):
    now = snapshot_of(snapshots=stored("2025", "2026"), history=[moved(changed, withdrawn, numbers)])
    found = news_items(snapshot_of(snapshots=stored("2025")), now)
    assert [item.kind for item in found] == ["history rewritten"] * is_reported
    if is_reported:
        assert found[0].reason == f"{INTERNET}: {changed} of {numbers} numbers changed, {withdrawn} withdrawn"
        assert found[0].page == f"divide diff {WDI} 2025 2026, table revisions"


def test_what_was_reported_of_a_pair_of_vintages_is_not_reported_again():
    state = snapshot_of(snapshots=stored("2025", "2026"), history=[moved(100)])
    assert news_items(remembered(state), state) == []


def test_a_file_that_joins_a_vintage_tells_nothing_anew_of_the_others():
    before = snapshot_of(snapshots=stored("2025", "2026"), history=[moved(100)])
    now = snapshot_of(snapshots=[*stored("2025", "2026"), *stored("2026", file="population.json")], history=[moved(100)])
    assert news_items(before, now) == []


REWRITTEN = "2025-2026-11-24T030005-0123abcd"


def test_other_bytes_under_a_stored_label_are_reported_however_little_moved():
    now = snapshot_of(snapshots=stored("2025", REWRITTEN), history=[moved(1, to=REWRITTEN)])
    item = the_one(snapshot_of(snapshots=stored("2025")), now)
    assert (item.kind, item.severity, item.subject) == ("history rewritten", "high", "WDI 2025")
    assert item.reason == f"use.json; {INTERNET}: 1 of 200 numbers changed, 0 withdrawn"


def test_other_bytes_with_the_same_numbers_weigh_little():
    item = the_one(snapshot_of(snapshots=stored("2025")), snapshot_of(snapshots=stored("2025", REWRITTEN)))
    assert (item.severity, item.after) == ("low", "other bytes under the same label, the same numbers")
    assert item.reason == "use.json; no number differs from the vintage before"


@pytest.mark.parametrize(
    "vintages",
    [
        ("2025", "2026"),  # another label
        ("2025", "2026-11-24T030005-0123abcd"),  # a file without a date
        (REWRITTEN,),  # the label is held of another file only
    ],
)
def test_a_new_vintage_of_its_own_is_no_history_rewritten(vintages):
    assert news_items(snapshot_of(snapshots=stored("2025", file="other.csv")), snapshot_of(snapshots=stored(*vintages))) == []


def test_a_rewritten_vintage_is_reported_once_and_not_by_its_share_as_well():
    now = snapshot_of(snapshots=stored("2025", REWRITTEN), history=[moved(150, to=REWRITTEN)])
    assert [item.subject for item in news_items(snapshot_of(snapshots=stored("2025")), now)] == ["WDI 2025"]


# ---- all of it


def test_the_most_important_goes_first():
    before = snapshot_of(verdicts=[judged("supported")], sources=[source()], coverage=[covered(0.95, "published")])
    now = snapshot_of(verdicts=[judged("undetermined")], sources=[source("unavailable", True)], coverage=[covered(0.85, "published")])
    assert [item.kind for item in news_items(before, now)] == ["verdict changed", "coverage fell", "source unavailable", "source overdue"]


def test_what_is_remembered_is_enough_to_tell_all_that_is_new():
    before = snapshot_of(
        verdicts=[judged("supported")],
        targets=[target("world", "on pace", "group")],
        coverage=[covered(0.95, "published")],
        sources=[source()],
        snapshots=stored("2025"),
    )
    now = snapshot_of(
        verdicts=[judged("undetermined")],
        targets=[target("world", "too slow", "group")],
        coverage=[covered(0.5, "indicative")],
        sources=[source("unavailable", True)],
        snapshots=stored("2025", "2026"),
        history=[moved(100)],
    )
    stated = news_items(before, now)
    assert {item.kind for item in stated} == set(NewsKind) - {"source available again", "source up to date again"}
    assert news_items(remembered(before), now) == stated


def test_what_a_publisher_writes_stays_on_one_line_and_commands_nothing():
    said = "shut\r\nBcc: all@example.org\n\n\x1b[2J\u202ereversed" + "x" * 1000
    item = the_one(snapshot_of(sources=[source()]), snapshot_of(sources=[source("unavailable", said=said)]))
    assert item.reason.startswith("shut Bcc: all@example.org [2J reversedxxx")
    assert item.reason.isprintable()
    assert len(item.reason) == news.LONGEST


def test_two_standings_that_say_the_same_are_no_news_and_stay_as_they_are():
    state = snapshot_of(verdicts=[judged("supported")], sources=[source()], snapshots=stored("2025"))
    kept = {name: getattr(state, name).copy() for name in COLUMNS}
    assert news_items(state, state) == []
    for name, frame in kept.items():
        pd.testing.assert_frame_equal(getattr(state, name), frame)
