"""`divide add`: what people bring is recognised and stored once, or refused in one line with nothing changed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from pipelines.cli import main as cli
from pipelines.settings import Settings
from pipelines.snapshots import SnapshotStore
from tests.support import publishers
from tests.support.paths import DATA, both, genuine_only
from tests.support.price_workbook import price_workbook

DATAHUB = (DATA / "itu_datahub_v2.csv").read_bytes()
# date -u -d @1777496718 gives 29 April 2026, 21:05.
EPOCH_NAME = "individuals-using-the-internet_1777496718795"


class Desk:
    """A person at a terminal: a folder of downloads, a data home, and the command."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.downloads, self.home = folder / "downloads", folder / "home"
        self.downloads.mkdir()
        self._folder, self._capsys = folder, capsys

    def save(self, name: str, content: bytes) -> Path:
        path = self.downloads / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def add(self, *arguments: object) -> tuple[int, str, str]:
        """Run `divide add`; return exit code, output and errors."""
        sys.argv = ["divide", "add", *map(str, arguments)]
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, *self._capsys.readouterr()

    def tree(self) -> dict[str, bytes | None]:
        """Return everything on the desk: files with their bytes, folders with None."""
        return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(self._folder.rglob("*"))}

    def held(self) -> list[str]:
        return [snapshot.name for snapshot in SnapshotStore(self.home / "snapshots").list()]

    def refused(self, *arguments: object) -> str:
        """Return the one line with which the command refuses, having changed nothing."""
        before = self.tree()
        code, out, err = self.add(*arguments)
        assert (code, out) == (3, "")
        assert self.tree() == before
        assert re.fullmatch(r"Error: [^\n]+\n", err), err
        return err


@pytest.fixture
def desk(tmp_path, capsys, monkeypatch) -> Desk:
    made = Desk(tmp_path, capsys)
    monkeypatch.setenv("DIVIDE_HOME", str(made.home))
    monkeypatch.setattr(sys, "argv", sys.argv)
    return made


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def datahub(*rows: str) -> bytes:
    """Return an export with the header of the small one and other rows."""
    return b"\n".join([DATAHUB.split(b"\n")[0].rstrip(b"\r"), *(row.encode() for row in rows)])


NAMIBIA = '11624,"i99H","Individuals using the Internet",,"%",1,"NAM","Namibia","{}",{},"","Statistical office","What it is"'


def world_bank(updated: str = "2026-07-13") -> bytes:
    row = {
        "indicator": {"id": "IT.NET.USER.ZS", "value": "Individuals using the Internet (% of population)"},
        "country": {"id": "NA", "value": "Namibia"}, "countryiso3code": "NAM", "date": "2021", "value": 62.5,
        "unit": "", "obs_status": "", "decimal": 0,
    }  # fmt: skip
    header = {"page": 1, "pages": 1, "per_page": 20000, "total": 1, "sourceid": "2", "lastupdated": updated}
    return json.dumps([header, [row]]).encode()


# ---- what is taken


@pytest.mark.parametrize("suffix", ["csv", "zip"])
def test_an_export_is_stored_as_it_is_under_the_day_in_its_name(desk, suffix):
    content = DATAHUB if suffix == "csv" else zipped(data__csv=DATAHUB)
    path = desk.save(f"{EPOCH_NAME}.{suffix}", content)
    code, out, err = desk.add(path)
    assert (code, err) == (0, "")
    name = f"itu-datahub/2026-04-29/{EPOCH_NAME}.{suffix}"
    assert desk.held() == [name]
    assert (desk.home / "snapshots" / name).read_bytes() == content == path.read_bytes()
    # Rows 4, 6, 9, 10, 11 and 15 of the small export state no number we could keep; how the 14 fare is said.
    counts = re.fullmatch(rf"{re.escape(name)}: stored, (\d+) rows accepted, (\d+) quarantined\nRun `divide build` to publish\.\n", out)
    assert counts, out
    kept, refused = map(int, counts.groups())
    assert kept + refused == 14
    assert refused >= 6


def test_the_sidecar_says_whose_figures_they_are_and_how_they_came(desk):
    desk.add(desk.save(f"{EPOCH_NAME}.csv", DATAHUB))
    sidecar = tomllib.loads((desk.home / f"snapshots/itu-datahub/2026-04-29/{EPOCH_NAME}.csv.toml").read_text())
    assert sidecar["published"] == "2026-04-29"
    assert sidecar["licence"] == "CC BY-NC-SA 3.0 IGO"
    assert sidecar["publisher"] == "International Telecommunication Union (ITU)"
    assert sidecar["url"] == "https://datahub.itu.int"
    assert sidecar["origin"] == "a file added by hand; dated by the time of export in its name"
    assert sidecar["size"] == len(DATAHUB)


def test_without_a_day_in_its_name_it_counts_as_of_today_with_its_hash_and_that_is_said(desk):
    code, out, _ = desk.add(desk.save("export.csv", DATAHUB))
    assert code == 0
    (name,) = desk.held()
    assert re.fullmatch(r"itu-datahub/\d{4}-\d{2}-\d{2}T\d{6}-[0-9a-f]{8}/export\.csv", name)
    assert "the edition is dated today" in out
    assert "the label uses the day on which the file was added" in SnapshotStore(desk.home / "snapshots").get(name).sidecar["origin"]


def test_the_day_may_be_given(desk):
    code, _, _ = desk.add("--vintage", "2025-11-17", desk.save("export.csv", DATAHUB))
    assert (code, desk.held()) == (0, ["itu-datahub/2025-11-17/export.csv"])


def test_a_world_bank_answer_saved_from_a_browser_is_dated_by_its_header(desk):
    assert desk.add(desk.save("api.json", world_bank("2026-04-08")))[0] == 0
    assert desk.held() == ["world-bank-wdi/2026-04-08/api.json"]


@pytest.mark.parametrize("name", [f"{EPOCH_NAME} (1).csv", f"{EPOCH_NAME}.csv.zip"])
def test_the_day_is_read_where_a_browser_or_a_zip_tool_added_to_the_name(desk, name):
    content = zipped(data__csv=DATAHUB) if name.endswith("zip") else DATAHUB
    assert desk.add(desk.save(name, content))[0] == 0
    assert desk.held() == [f"itu-datahub/2026-04-29/{name}"]


def test_the_same_file_twice_changes_nothing_and_says_so(desk):
    path = desk.save(f"{EPOCH_NAME}.csv", DATAHUB)
    desk.add(path)
    before = desk.tree()
    code, out, _ = desk.add(path)
    assert (code, out) == (0, f"itu-datahub/2026-04-29/{EPOCH_NAME}.csv: already stored, nothing changed\n")
    assert desk.tree() == before


def test_the_same_bytes_under_another_name_change_nothing_either(desk):
    desk.add(desk.save(f"{EPOCH_NAME}.csv", DATAHUB))
    other = desk.save("copy_1777500000000.csv", DATAHUB)
    before = desk.tree()
    assert "already stored" in desk.add(other)[1]
    assert desk.tree() == before


def test_the_same_file_named_twice_at_once_is_stored_once(desk):
    path = desk.save(f"{EPOCH_NAME}.csv", DATAHUB)
    code, out, _ = desk.add(path, path)
    assert code == 0
    assert len(desk.held()) == 1
    assert out.count(": stored,") == 1
    assert out.count("already stored") == 1


def test_several_files_are_stored_at_once(desk):
    files = [desk.save(f"use-{year}_1777496718795.csv", datahub(NAMIBIA.format(60 + year % 10, year))) for year in (2021, 2022)]
    code, out, _ = desk.add(*files, desk.save("api.json", world_bank()))
    assert code == 0
    assert len(desk.held()) == 3
    assert out.count("1 rows accepted, 0 quarantined") == 3


# ---- what is refused

REFUSED = {
    "page.html": (b"<!DOCTYPE html><html><body>Request Rejected</body></html>", "a web page or XML, not data"),
    "really-html.csv": (b"\n  <html><head><title>Just a moment...</title></head></html>", "a page that refuses programs"),
    "cut.zip": (zipped(data__csv=DATAHUB * 50)[:200], "a zip that is damaged, cut off or locked"),
    "only-the-magic.zip": (b"PK\x03\x04", "a zip that is damaged"),
    "two.zip": (zipped(a__csv=DATAHUB, b__csv=b"name,age\nAda,36\n"), "two.zip, b.csv: a CSV of no layout we know"),
    "twice.zip": (zipped(inner__csv=zipped(data__csv=DATAHUB)), "a zip within a zip"),
    "book.xlsx": (zipped(xl__workbook__xml=b"<x/>").replace(b"xl.", b"xl/"), "an Excel workbook"),
    "other.csv": (b"name,age\nAda,36\n", "a CSV of no layout we know; its columns are name, age"),
    "empty.csv": (b"", "the file is empty"),
    "blank.csv": (b" \r\n\n", "the file is empty"),
    "paper.pdf": (b"%PDF-1.7\n...", "a PDF"),
    "noise.bin": (bytes(range(128, 192)) + b"\0", "" ),
    "utf16.csv": (DATAHUB.decode("utf-8-sig").encode("utf-16"), "UTF-16"),
    "cut.json": (world_bank()[:-20], "JSON that holds no data or is cut off"),
    "error.json": (b'[{"message":[{"id":"120","key":"Invalid value","value":"not valid"}]}]', ""),
    "header-only.csv": (datahub(), "a header and no rows"),
    "nothing-usable.csv": (datahub(NAMIBIA.format("n/a", 2021)), "none of its 1 rows can be used; the first: row 2, "),
    "ours.csv": ((DATA / "embedded_facts_and_figures.csv").read_bytes(), "does not state the source; add it with --source"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_data_of_ours_is_refused_in_one_line_that_names_the_file(desk, name):
    content, said = REFUSED[name]
    path = desk.save(name, content)
    line = desk.refused(path)
    assert str(path) in line
    assert said in line


@pytest.mark.parametrize("name", REFUSED)
def test_one_bad_file_among_several_and_nothing_is_stored(desk, name):
    good = [desk.save(f"use-{year}_1777496718795.csv", datahub(NAMIBIA.format(60, year))) for year in (2021, 2022)]
    desk.refused(good[0], desk.save(name, REFUSED[name][0]), good[1])
    assert desk.held() == []


def test_a_file_that_is_not_there_is_refused(desk):
    assert "nowhere.csv: cannot be read (No such file or directory); check the path" in desk.refused(desk.downloads / "nowhere.csv")


def test_a_folder_is_refused(desk):
    assert "cannot be read (Is a directory)" in desk.refused(desk.downloads)


def test_other_bytes_under_a_held_label_and_name_become_a_vintage_of_their_own_and_that_is_said(desk):
    desk.add(desk.save(f"{EPOCH_NAME}.csv", DATAHUB))
    code, out, _ = desk.add(desk.save(f"{EPOCH_NAME}.csv", datahub(NAMIBIA.format(1, 2021))))
    assert code == 0
    assert "Other content is stored under this label and file name, so this file is an edition of its own" in out
    second, first = desk.held()
    assert first == f"itu-datahub/2026-04-29/{EPOCH_NAME}.csv"
    assert re.fullmatch(r"itu-datahub/2026-04-29-\d{4}-\d{2}-\d{2}T\d{6}-[0-9a-f]{8}/.*", second)


@pytest.mark.parametrize("label", ["latest", "29.04.2026", "v3", " 2026", "2026/04", "../2026", "2026-04-29/..", "2026\n"])
def test_a_vintage_that_is_no_date_or_would_leave_the_store_is_refused(desk, label):
    desk.refused("--vintage", label, desk.save("export.csv", DATAHUB))


@pytest.mark.parametrize("label", ["2026-13", "2026-02-31", "20260429", "2026-4-9", "0000"])
def test_a_vintage_that_no_calendar_has_is_refused(desk, label):
    desk.refused("--vintage", label, desk.save("export.csv", DATAHUB))


@pytest.mark.parametrize(
    ("name", "stored"),
    [("naïve [1].csv", "naive _1_.csv"), ("a&b's.csv", "a_b_s.csv"), ("_use.csv", "use.csv"), ("données, 2.csv", "donnees_ 2.csv")],
)
def test_a_name_of_other_letters_is_stored_in_plain_ones_and_kept_in_the_sidecar(desk, name, stored):
    assert desk.add("--vintage", "2026-01", desk.save(name, DATAHUB))[0] == 0
    assert desk.held() == [f"itu-datahub/2026-01/{stored}"]
    assert SnapshotStore(desk.home / "snapshots").list()[0].sidecar["title"] == Path(name).stem


@pytest.mark.parametrize("label", ["2999-01-01", "1899", "2999"])
def test_a_date_on_which_nothing_can_have_come_out_is_refused(desk, label):
    assert "not a possible date of publication" in desk.refused("--vintage", label, desk.save("export.csv", DATAHUB))


def test_two_files_of_one_name_and_vintage_are_refused_together(desk):
    files = [desk.save(f"{folder}/export.csv", datahub(NAMIBIA.format(number, 2001))) for number, folder in enumerate(("a", "b"))]
    desk.refused("--vintage", "2026-01", *files)


def test_without_a_file_it_is_a_mistake_of_use(desk):
    code, out, err = desk.add()
    assert (code, out) == (2, "")
    assert "Missing argument" in err


# ---- whole files of every layout


def records(path: Path) -> int:
    """Count a CSV's records, the header left out, by Python's own reader."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return sum(1 for _ in csv.reader(handle)) - 1


NAMED_BY_ITS_BYTES = r"\d{4}-\d{2}-\d{2}T\d{6}-[0-9a-f]{8}"


@pytest.mark.parametrize(
    ("source", "vintage"),
    [
        *both("itu-datahub/individuals-using-the-internet.csv", [NAMED_BY_ITS_BYTES], [NAMED_BY_ITS_BYTES]),
        *both("itu-datahub/fixed-broadband-subscriptions_1777496718795.csv", ["2026-04-29"], ["2026-04-29"]),
    ],
)
def test_an_export_of_the_datahub_is_taken_with_every_row_accounted_for(desk, source, vintage):
    path = desk.downloads / source.name
    shutil.copy(source, path)
    code, out, err = desk.add(path)
    assert (code, err) == (0, "")
    assert hashlib.sha256(source.read_bytes()).hexdigest()[:8] in out or vintage == "2026-04-29"
    counts = re.match(rf"itu-datahub/{vintage}/{re.escape(source.name)}: stored, ([\d,]+) rows accepted, ([\d,]+) quarantined", out)
    assert counts, out
    kept, refused = (int(number.replace(",", "")) for number in counts.groups())
    assert kept + refused == records(path)
    assert kept > 0.95 * records(path)


OF_NO_LAYOUT = "a CSV of no layout we know"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        *both("classes/undata_0.4.3_m49_20261013.csv", [OF_NO_LAYOUT], [OF_NO_LAYOUT]),
        genuine_only("classes/wb_CLASS_FY2026.xlsx", "an Excel workbook of no layout we know"),
        *both("world-bank-api/EXCERPT_error_120.json", [""], [""]),
        *both("itu-datahub-api/itu-list-countries.json", ["JSON that holds no data"], ["JSON that holds no data"]),
    ],
)
def test_files_that_cannot_be_read_are_refused(desk, path, said):
    assert said in desk.refused(desk.save(path.name, path.read_bytes()))


def test_a_workbook_of_classes_is_refused(desk):
    sheets = {
        "List of economies": [["Economy", "Code", "Region", "Income group"], ["Aruba", "ABW", "Latin America & Caribbean", "High income"]],
        "composition": [["WB_Group_Code", "WB_Group_Name", "WB_Country_Code", "WB_Country_Name"], ["AFE", "Africa", "AGO", "Angola"]],
        "notes": [["Notes"], ["Economies are divided among income groups."]],
    }
    said = desk.refused(desk.save("CLASS.xlsx", publishers.workbook(sheets)))
    assert "an Excel workbook of no layout we know" in said


# Kept, quarantined and without value, counted in the files by hand. In the small file of version 3 the spectrum is none of our indicators,
# and occupations are not kept.
@pytest.mark.parametrize(
    ("path", "name", "kept", "quarantined", "without_value"),
    [
        *both("itu-datahub/v3_sample_rows.csv", ["itu-datahub/2026-07-11", 5, 2, 2], ["itu-datahub/2026-07-11", 14, 15, 3]),
        genuine_only("itu-datahub/ITU_ICTPriceBaskets_2008-2025.xlsx", "itu-price-baskets/2025-12-02", 45_207, 2_119, None),
        *both("data360/ITU_DH_POP_COV_4G.csv", ["data360/", 6, 0, 0], ["data360/", 2_710, 0, 0]),
        # Two percentages above 100 and one unknown area; four percentages.
        *both("unsd/it_mob_own_2020.csv", ["unsd-sdg/", 3, 3, 0], ["unsd-sdg/", 585, 4, 0]),
        *both(
            "world-bank-bulk/API_NY.GNP.PCAP.CD_DS2_en_csv_v2_115503.csv",
            ["world-bank-wdi/2026-04-08", 11, 0, 9],
            ["world-bank-wdi/2026-04-08", 12_980, 0, 4_576],
        ),
        *both(
            "wdi-long/dh_it.net.bbnd.p2_20260401.csv", ["world-bank-wdi/2026-04-01", 24, 0, 0], ["world-bank-wdi/2026-04-01", 5_176, 0, 0]
        ),
        *both("wdi-long/dh_sp.pop.totl_20260701.csv", ["world-bank-wdi/2026-07-01", 4, 0, 0], ["world-bank-wdi/2026-07-01", 17_394, 0, 0]),
        *both("itu-datahub-api/itu-get-country-series.json", ["itu-datahub/", 3, 0, 0], ["itu-datahub/", 5, 0, 0]),
        *both("itu-datahub-api/itu-get-regional-aggregate.json", ["itu-datahub/2025-11-17", 2, 0, 0], ["itu-datahub/2025-11-17", 3, 0, 0]),
    ],
)
def test_a_file_of_each_layout_is_taken_with_every_row_accounted_for(desk, path, name, kept, quarantined, without_value):
    code, out, err = desk.add(desk.save(path.name, path.read_bytes()))
    assert (code, err) == (0, "")
    (held,) = desk.held()
    assert held.startswith(name)
    assert f"{kept:,} rows accepted, {quarantined:,} quarantined" in out
    if without_value:
        assert f"{without_value:,} without a value" in out


def test_a_price_workbook_is_taken_with_every_price_accounted_for(desk):
    code, out, err = desk.add(desk.save("ITU_ICTPriceBaskets_2020-2025.xlsx", price_workbook()))
    assert (code, err) == (0, "")
    assert desk.held()[0].startswith("itu-price-baskets/2025-12-02")
    # 97 prices of economies in three units, and 8 annual medians; the 7 medians of other panels are not kept beside them.
    assert "299 rows accepted, 7 quarantined" in out


# ---- what a file does not say


LONG = b"Country Name,Country Code,Year,Value\r\nNamibia,NAM,2021,2.5\r\n"


def test_the_series_of_a_file_that_does_not_say_it_is_read_from_its_name(desk):
    code, _, _ = desk.add(desk.save("dh_it.net.bbnd.p2_20260701.csv", LONG))
    assert code == 0
    (snapshot,) = SnapshotStore(desk.home / "snapshots").list()
    assert (snapshot.vintage, snapshot.sidecar["series"]) == ("2026-07-01", "IT.NET.BBND.P2")


def test_the_series_may_be_given(desk):
    code, _, _ = desk.add("--series", "IT.CEL.SETS.P2", "--vintage", "2026-07-01", desk.save("data.csv", LONG))
    assert code == 0
    assert SnapshotStore(desk.home / "snapshots").list()[0].sidecar["series"] == "IT.CEL.SETS.P2"


@pytest.mark.parametrize("name", ["data.csv", "IT.NET.BBND.P2 and IT.CEL.SETS.P2.csv", "IT.NET.BBND.P29.csv"])
def test_a_file_that_says_it_nowhere_or_twice_is_refused(desk, name):
    assert "neither the file nor its name states the series; add it with --series" in desk.refused(desk.save(name, LONG))


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("it.net.bbnd.p2 2026-07-01.csv", "2026-07-01"),
        ("it.net.bbnd.p2_20260701 (1).csv", "2026-07-01"),
        ("it.net.bbnd.p2_2014_2023_20260411.csv", "2026-04-11"),
    ],
)
def test_the_one_day_in_a_name_dates_the_file(desk, name, vintage):
    desk.add(desk.save(name, LONG))
    assert desk.held() == [f"world-bank-wdi/{vintage}/{name}"]


@pytest.mark.parametrize("name", ["it.net.bbnd.p2_20260701_20260801.csv", "it.net.bbnd.p2_20261301.csv", "it.net.bbnd.p2_1777496718.csv"])
def test_two_days_or_none_of_the_calendar_do_not(desk, name):
    _, out, _ = desk.add(desk.save(name, LONG))
    assert "Neither the file nor its name states a date" in out


def test_a_zip_with_several_tables_is_several_files(desk):
    tables = {"a": datahub(NAMIBIA.format(1, 2001)), "b": datahub(NAMIBIA.format(2, 2002))}
    path = desk.save("both.zip", zipped(one_1777496718795__csv=tables["a"], two_1777496718795__csv=tables["b"]))
    assert desk.add(path)[0] == 0
    assert desk.held() == [f"itu-datahub/2026-04-29/{name}_1777496718795.csv" for name in ("one", "two")]


def test_figures_in_our_own_layout_need_their_source(desk):
    embedded = Settings(desk.home).embedded
    for path in sorted(embedded.glob("*/*/*.csv"))[:2]:
        assert "does not state the source; add it with --source" in desk.refused(path)


def test_a_source_is_one_that_is_known_and_the_one_of_the_layout(desk):
    ours = desk.save("ours.csv", b"series,area,year,value\nindividuals_using_internet,World,2026,76\n")
    assert "no source is called itu; known are data360, " in desk.refused(ours, "--source", "itu")
    theirs = desk.save("theirs.csv", DATAHUB)
    assert "in which itu-datahub publishes, not data360; leave out --source" in desk.refused(theirs, "--source", "data360")


def test_figures_in_our_own_layout_become_an_edition_of_their_source(desk):
    ours = desk.save("aggregates.csv", b"series,area,year,value,unit\nindividuals_using_internet,World,2026,76,%\n")
    code, out, _ = desk.add(ours, "--source", "itu-facts-and-figures", "--vintage", "2026")
    assert (code, desk.held()) == (0, ["itu-facts-and-figures/2026/aggregates.csv"])
    assert "stored, 1 rows accepted, 0 quarantined" in out
