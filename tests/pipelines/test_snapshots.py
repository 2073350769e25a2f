"""The store of published bytes: put once, never changed, checked on every read, and whole after a crash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pipelines import snapshots
from pipelines.settings import Settings
from pipelines.snapshots import SnapshotRefused, SnapshotStore

SIDECAR = {"published": "2026-04-29", "retrieved": "2026-05-02", "licence": "CC BY 4.0", "citation": 'A "quoted" publisher, naïve \\ path'}
SOURCE, VINTAGE, FILE = "itu-datahub", "2026-04-29", "use.csv"


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    (tmp_path / "embedded").mkdir()
    return SnapshotStore(tmp_path / "embedded", tmp_path / "snapshots")


def put(store, source=SOURCE, vintage=VINTAGE, file=FILE, content=b"a,b\n1,2\n", **sidecar):
    """Put an edition; return the snapshot and whether it is new."""
    return store.put_edition(source, vintage, file, content, SIDECAR | sidecar)[:2]


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return everything under a folder: files with their bytes, folders with None."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def lay(folder: Path, name: str, content: bytes, **sidecar) -> Path:
    """Lay a snapshot into a folder by hand, as the package carries its embedded ones."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    said = {"published": "2025", "licence": "MIT", "citation": "us", "sha256": hashlib.sha256(content).hexdigest()} | sidecar
    path.with_name(path.name + ".toml").write_text("".join(f'{key} = "{value}"\n' for key, value in said.items() if value is not None))
    return path


# ---- put, get, list


def test_what_is_put_can_be_got_and_read_with_all_that_was_said_of_it(store):
    content = bytes(range(256)) * 3  # not text, and with line ends that an editor would touch
    snapshot, is_new = put(store, content=content, title=None)
    assert is_new
    assert snapshot.name == "itu-datahub/2026-04-29/use.csv"
    got = store.get(snapshot.name)
    assert got.read() == content
    assert got.published == "2026-04-29"
    assert got.sidecar == SIDECAR | {"sha256": hashlib.sha256(content).hexdigest(), "size": 768}


@pytest.mark.parametrize(
    "text",
    [
        "\x7f",
        "line\nbreak",
        "tab\t",
        "emoji \U0001f30d",
        "\u2028",
        "ends in a backslash \\",
    ],
)
def test_a_sidecar_carries_any_text(store, text):
    assert put(store, citation=text)[0].sidecar["citation"] == text


def test_the_list_is_of_both_folders_by_name(store, tmp_path):
    lay(tmp_path / "embedded", "world-bank-wdi/2025-10/b.csv", b"b")
    put(store, "itu-datahub")
    put(store, "world-bank-wdi", "2024-01", content=b"w")
    assert [snapshot.name for snapshot in store.list()] == [
        "itu-datahub/2026-04-29/use.csv",
        "world-bank-wdi/2024-01/use.csv",
        "world-bank-wdi/2025-10/b.csv",
    ]


def test_an_empty_store_lists_nothing_even_before_its_folder_exists(store):
    assert store.list() == []


def test_new_snapshots_never_go_into_the_embedded_folder(store, tmp_path):
    put(store)
    assert tree(tmp_path / "embedded") == {}


def test_what_is_not_stored_cannot_be_got(store):
    with pytest.raises(SnapshotRefused, match=r"itu-datahub/2026-04-29/use\.csv: no such snapshot is stored"):
        store.get("itu-datahub/2026-04-29/use.csv")


def test_the_embedded_vintages_of_the_project_are_all_whole():
    held = SnapshotStore(Settings(Path("unused")).embedded).list()
    assert {snapshot.source for snapshot in held} == {"world-bank-wdi", "itu-facts-and-figures"}
    for snapshot in held:
        assert len(snapshot.read()) == snapshot.sidecar["size"]


# ---- the same bytes, and other bytes


@pytest.mark.parametrize(
    ("vintage", "file"), [(VINTAGE, FILE), (VINTAGE, "renamed.csv"), ("2027-01-01", FILE), ("2020-01-01", FILE)], ids=str
)
def test_the_same_bytes_again_change_nothing_under_any_name_or_vintage(store, tmp_path, vintage, file):
    first, _ = put(store)
    before = tree(tmp_path)
    again, is_new = put(store, vintage=vintage, file=file, licence="another", published="1999")
    assert not is_new
    assert again == first
    assert tree(tmp_path) == before


def test_bytes_that_are_embedded_are_not_stored_a_second_time(store, tmp_path):
    lay(tmp_path / "embedded", f"{SOURCE}/2025/old.csv", b"held")
    snapshot, is_new = put(store, content=b"held")
    assert (snapshot.name, is_new) == (f"{SOURCE}/2025/old.csv", False)
    assert not (tmp_path / "snapshots").exists()


def test_the_same_bytes_of_another_source_are_a_snapshot_of_their_own(store):
    put(store)
    assert put(store, source="world-bank-wdi")[1]


def test_other_bytes_are_never_put_under_a_held_name(store, tmp_path):
    put(store)
    lay(tmp_path / "embedded", f"{SOURCE}/2025/{FILE}", b"held")
    before = tree(tmp_path)
    for vintage in (VINTAGE, "2025"):
        with pytest.raises(SnapshotRefused, match=rf"itu-datahub/{vintage}/use\.csv is already stored"):
            store.put(SOURCE, vintage, FILE, b"other", SIDECAR)
    assert tree(tmp_path) == before


def test_bytes_that_are_the_newest_of_their_file_change_nothing_even_where_the_name_is_taken(store):
    put(store, vintage="2026-01", content=b"B", published="2026-01")
    put(store, vintage="2026-02", content=b"A", published="2026-02")
    snapshot, is_new = put(store, vintage="2026-01", content=b"A", published="2026-01")
    assert (snapshot.vintage, is_new) == ("2026-02", False)


def test_bytes_that_come_again_after_others_are_news(store):
    # The publisher takes a rewrite back: what it says now is the newest, and all three are kept in their order.
    for day, content in (("2026-05-02", b"A"), ("2026-05-03", b"B"), ("2026-05-04", b"A")):
        _, is_new, _ = store.put_edition(SOURCE, VINTAGE, FILE, content, SIDECAR | {"retrieved": f"{day}T03:00:00Z"})
        assert is_new
    assert store.newest(SOURCE, FILE).read() == b"A"
    held = sorted(store.list(), key=lambda snapshot: snapshot.vintage)
    assert [snapshot.read() for snapshot in held] == [b"A", b"B", b"A"]
    assert [snapshot.vintage[:21] for snapshot in held] == ["2026-04-29", "2026-04-29-2026-05-03", "2026-04-29-2026-05-04"]


# ---- names


@pytest.mark.parametrize("part", ["..", ".", "", "a/b", "../x", "/etc", ".hidden", "a\\b", "a\nb", "a\0b", "-r", "ä", "a\n", "*", "~"])
@pytest.mark.parametrize("position", ["source", "vintage", "file"])
def test_a_name_that_would_leave_the_store_or_that_no_shell_likes_is_refused(store, tmp_path, part, position):
    with pytest.raises(SnapshotRefused, match="cannot name a snapshot"):
        put(store, **{position: part})
    assert not (tmp_path / "snapshots").exists()


@pytest.mark.parametrize("name", ["..", "../secret/2026/x.csv", "a/../../x", "/etc/passwd", ""])
def test_nothing_outside_the_store_can_be_got(store, tmp_path, name):
    lay(tmp_path, "secret/2026/x.csv", b"outside", sha256=None)
    with pytest.raises(SnapshotRefused):
        store.get(name)


@pytest.mark.parametrize("name", ["use (1).csv", "a+b.csv", "Use_2026-04-29.csv.zip", "2026 Q1.csv"])
def test_names_that_browsers_give_are_kept(store, name):
    assert put(store, file=name)[0].path.name == name


def test_a_file_whose_name_is_that_of_a_sidecar_is_refused_or_listed(store):
    try:
        snapshot, _ = put(store, file="use.toml")
    except SnapshotRefused:
        return
    assert [held.name for held in store.list()] == [snapshot.name]


# ---- damage


def test_a_changed_byte_is_refused_with_the_name_of_the_file(store):
    snapshot, _ = put(store)
    snapshot.path.write_bytes(b"a,b\n1,3\n")
    with pytest.raises(SnapshotRefused, match=r"snapshots/itu-datahub/2026-04-29/use\.csv: the bytes are not those that were stored"):
        store.get(snapshot.name).read()


def test_bytes_that_were_damaged_are_not_taken_for_held(store):
    snapshot, _ = put(store)
    snapshot.path.write_bytes(b"damaged")
    with pytest.raises(SnapshotRefused, match="not those that were stored"):
        put(store)


@pytest.mark.parametrize("call", ["list", "get"])
def test_a_file_without_its_sidecar_is_refused_and_named(store, call):
    snapshot, _ = put(store)
    snapshot.path.with_name("use.csv.toml").unlink()
    with pytest.raises(SnapshotRefused, match=r"use\.csv: has no sidecar use\.csv\.toml"):
        store.list() if call == "list" else store.get(snapshot.name)


@pytest.mark.parametrize("text", ["not = = toml", "published = 2026-04-29T", 'licence = "open'])
def test_a_sidecar_that_is_no_toml_is_refused_and_named(store, text):
    snapshot, _ = put(store)
    snapshot.path.with_name("use.csv.toml").write_text(text)
    with pytest.raises(SnapshotRefused, match=r"use\.csv\.toml: not valid TOML") as refused:
        store.list()
    assert "\n" not in str(refused.value)


def test_a_sidecar_that_is_not_utf_8_is_refused_and_named(store):
    snapshot, _ = put(store)
    snapshot.path.with_name("use.csv.toml").write_bytes('citation = "Bürö"'.encode("latin-1"))
    with pytest.raises(SnapshotRefused, match=r"use\.csv\.toml"):
        store.list()


@pytest.mark.parametrize("missing", ["published", "sha256", "licence", "citation"])
def test_a_sidecar_that_does_not_say_what_it_must_is_refused_with_what_is_missing(store, tmp_path, missing):
    lay(tmp_path / "snapshots", f"{SOURCE}/{VINTAGE}/{FILE}", b"held", **{missing: None})
    with pytest.raises(SnapshotRefused, match=rf"use\.csv\.toml: {missing} missing; add it"):
        store.list()


# ---- crashes


def crash_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the `number`th rename fail as if the process had been killed at that moment."""
    real, calls = os.replace, []

    def dying(source, target):
        calls.append(target)
        if len(calls) == number:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(snapshots.os, "replace", dying)


@pytest.mark.parametrize("number", [1, 2], ids=["before the sidecar", "between sidecar and file"])
def test_a_crash_while_storing_leaves_a_store_that_lists_and_takes_the_file_again(store, tmp_path, monkeypatch, number):
    put(store, vintage="2025-01-01", content=b"earlier")
    with monkeypatch.context() as patched:
        crash_at(patched, number)
        with pytest.raises(KeyboardInterrupt):
            put(store)
    assert [snapshot.vintage for snapshot in store.list()] == ["2025-01-01"]
    snapshot, is_new = put(store)
    assert is_new
    assert snapshot.read() == b"a,b\n1,2\n"
    assert [snapshot.vintage for snapshot in store.list()] == ["2025-01-01", VINTAGE]


def test_after_a_crash_other_bytes_may_take_the_name_that_was_never_filled(store, monkeypatch):
    with monkeypatch.context() as patched:
        crash_at(patched, 2)
        with pytest.raises(KeyboardInterrupt):
            put(store)
    assert put(store, content=b"other")[0].read() == b"other"


# ---- editions


def test_a_new_edition_keeps_the_publishers_label(store):
    snapshot, is_new, rewritten = store.put_edition(SOURCE, VINTAGE, FILE, b"one", SIDECAR)
    assert (snapshot.vintage, is_new, rewritten) == (VINTAGE, True, False)


def test_an_edition_rewritten_under_its_label_becomes_a_vintage_with_the_hash(store):
    store.put_edition(SOURCE, VINTAGE, FILE, b"one", SIDECAR)
    snapshot, is_new, rewritten = store.put_edition(SOURCE, VINTAGE, FILE, b"two", SIDECAR)
    # printf two | sha256sum | cut -c1-8
    assert (snapshot.vintage, is_new, rewritten) == ("2026-04-29-2026-05-02-3fc4ccfe", True, True)
    assert store.get(f"{SOURCE}/{VINTAGE}/{FILE}").read() == b"one"


def test_an_edition_that_is_held_under_its_hash_is_not_new_again(store, tmp_path):
    for content in (b"one", b"two"):
        store.put_edition(SOURCE, VINTAGE, FILE, content, SIDECAR)
    before = tree(tmp_path)
    assert store.put_edition(SOURCE, VINTAGE, FILE, b"two", SIDECAR)[1] is False
    assert tree(tmp_path) == before


def test_an_edition_with_an_impossible_name_is_refused_for_its_name(store):
    with pytest.raises(SnapshotRefused, match="cannot name a snapshot"):
        store.put_edition(SOURCE, "..", FILE, b"one", SIDECAR)
