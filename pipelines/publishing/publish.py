"""The public folder: database, CSV and Parquet, other formats, charts, page and descriptor; made aside, checked, then swapped in whole.

`publication` is a link to the newest of the folders in `publications/`. It is replaced by one rename, so that a reader sees the old
publication or the new one and never a mixture; a killed run leaves the last good one.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from indicators.contracts.tables import TABLES, conform, key_columns
from indicators.contracts.validation import contract_problems
from indicators.editions.news import news_items
from pipelines.publication import datapackage, formats
from pipelines.publication import licences as licences_module
from pipelines.publication.build_id import fingerprint
from pipelines.publication.datapackage import DataPackage
from pipelines.publication.number_format import format_count
from pipelines.publication.publication_info import PublicationInfo
from pipelines.publication.rows.registries import Chart
from pipelines.publication.tables import typed_rows
from pipelines.settings import DATABASE, METHOD_NOTE, PUBLICATIONS_KEPT, Settings, resource
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse.database import CannotRead, MixedVintages, Published, Warehouse, read_published
from pipelines.warehouse.status import status_snapshot

if TYPE_CHECKING:
    from pipelines.publication.site.front_page import Download
from pipelines.provenance import code_version, git_sha
from pipelines.publishing.opened import PAGE, PAGES, REVIEW_PAGE, PublishedTables, altered

#: The number of important changes in the line of a run.
ITEMS_NAMED = 5


class Incomplete(Exception):
    """What was made is not what should be published; the message says what is missing."""


def publish(warehouse: Warehouse, paths: Settings, *, run: str) -> Path:
    """Make the public folder from the build, and put it in the place of the last one.

    A build from a selection of the snapshots goes to `selections/`, and leaves the publication alone.

    Returns:
        The folder users open.

    Raises:
        MixedVintages: A table was made from an older state of its inputs than the one to be published.
        Incomplete: A file is missing or not what the descriptor says.
    """
    tables = [table for table in TABLES if table != "runs"]
    warehouse.require_one_state([*tables, "charts"])
    selection = warehouse.read("selection").iloc[0]
    if selection["code"] != code_version():
        raise MixedVintages("the tables were made by other code than would be published with them: start the job build")
    now = dt.datetime.now(dt.UTC)
    if selection["is_everything"]:
        final, before = paths.publications / f"{now:%Y%m%dT%H%M%S}-{run[:8]}", paths.publication
    else:
        final, before = paths.selections / _slug(str(selection["selection"])), paths.selections / "none"
    aside = final.with_name(f".{final.name}.{os.getpid()}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        changed = _what_changed(warehouse, before / DATABASE)
        runs = _runs(before / DATABASE, run=run, finished_at=f"{now:%Y-%m-%dT%H:%M:%SZ}", changed=changed)
        for problem in contract_problems("runs", runs).itertuples():
            raise Incomplete(f"runs, {problem.column}: {problem.rule} ({problem.examples}); nothing was published")
        warehouse.write("runs", runs)
        _fill(warehouse, paths, aside, [*tables, "runs"], _info(run, now, warehouse, changed))
        _require_whole(aside, [*tables, "runs"])
        if selection["is_everything"]:
            os.replace(aside, final)
            _point(paths.publication, final)
            _keep_newest(paths.publications, final, PUBLICATIONS_KEPT)
            return paths.publication
        shutil.rmtree(final, ignore_errors=True)
        os.replace(aside, final)
        return final
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def is_up_to_date(folder: Path, store: SnapshotStore, freshness: pd.DataFrame) -> bool:
    """Return whether the publication was made by this very code from these very snapshots, and states the current status of the sources.

    It repeats this when a source has become overdue or the state of its connector has changed; that a day has passed is no reason.
    """
    try:
        descriptor = datapackage.read_descriptor(folder)
    except (OSError, ValueError):
        return False
    stored = {snapshot.name: snapshot.sidecar["sha256"] for snapshot in store.list()}
    same = descriptor.code == code_version() and descriptor.snapshots == stored
    same = same and descriptor.standings == datapackage.standings(freshness)
    return same and not datapackage.altered(folder)


def _fill(warehouse: Warehouse, paths: Settings, folder: Path, names: list[str], info: PublicationInfo) -> None:
    """Write every file of the publication to `folder`."""
    from pipelines.publication.site import build, front_page, method_note, review_page  # here, because it loads Jinja2

    warehouse.export(names, folder / DATABASE)
    (folder / "tables").mkdir()
    warehouse.export_files(names, folder / "tables")
    shutil.copytree(paths.chart_files, folder / "charts")
    tables = PublishedTables(warehouse)
    frames = {name: tables.read(name) for name in names}
    licences = licences_module.licences(frames)
    info = replace(info, licence=licences["observations"])
    charts = typed_rows(warehouse.read("charts"), Chart)
    package = datapackage.data_package(folder, frames, charts, licences, info)
    package.add(DATABASE, "All tables, with comments on each table and column.", info.licence)
    for path, licence in formats.write(folder, frames, info, licences).items():
        package.add(path, formats.DESCRIPTIONS[path], licence)
    note = method_note.method_note(resource(METHOD_NOTE).read_text("utf-8"))
    pages = build.build(tables, folder, charts, note, info)
    datapackage.write_list(folder, PAGES, pages)
    package.add(PAGES, "The other pages and the briefs, each with its SHA-256.", licences_module.OWN_LICENCE)
    (folder / PAGE).write_text(front_page.page(tables, charts, _downloads(package, frames), info), "utf-8")
    package.add(PAGE, "Verdicts, charts, downloads, sources.", info.licence)
    (folder / REVIEW_PAGE).write_text(review_page.page(tables, licences["indicator_review"], info), "utf-8")
    package.add(REVIEW_PAGE, "The data of each indicator, and how good they are.", licences["indicator_review"])
    package.write()


def _info(run: str, now: dt.datetime, warehouse: Warehouse, changed: str) -> PublicationInfo:
    """Return what the publication says of itself; its licence is known once its tables are."""
    selection, snapshots = warehouse.read("selection").iloc[0], warehouse.read("snapshots")
    code = str(selection["code"])
    return PublicationInfo(
        made_at=f"{now:%Y-%m-%dT%H:%M:%SZ}",
        code=code,
        git_sha=git_sha() or "",
        run=run,
        selection=str(selection["selection"]),
        is_everything=bool(selection["is_everything"]),
        build=fingerprint(code, dict(zip(snapshots["snapshot"], snapshots["sha256"], strict=True))),
        what_changed=changed,
    )


def _downloads(package: DataPackage, frames: Mapping[str, pd.DataFrame]) -> list[Download]:
    """List the database, the other forms, the files of each table and the descriptor, for the page."""
    from pipelines.publication.site import method_note
    from pipelines.publication.site.front_page import Download, DownloadFile  # here, because it loads Jinja2

    by_path = {resource.path: resource for resource in package.resources}

    def download(name: str, rows: int | None, *paths: str, methods: str = "") -> Download:
        resources = [by_path[path] for path in paths]
        files = [DownloadFile(resource.path, resource.bytes, resource.format) for resource in resources]
        return Download(name, resources[0].description.rstrip("."), rows, resources[0].licence.title, files, methods)

    tables = [
        download(name, len(frame), f"tables/{name}.csv", f"tables/{name}.parquet", methods=method_note.address(name))
        for name, frame in frames.items()
    ]
    others = [download(Path(path).name, None, path) for path in formats.DESCRIPTIONS if not path.startswith("sdmx/")]
    sdmx = download("sdmx", None, *(path for path in formats.DESCRIPTIONS if path.startswith("sdmx/")))
    own = Download(
        datapackage.DESCRIPTOR,
        "Hashes, licences, citations and the meaning of every column",
        rows=None,
        licence=licences_module.OWN_LICENCE,
        files=[DownloadFile(datapackage.DESCRIPTOR, None, "json")],
    )
    return [download(DATABASE, None, DATABASE), *others, sdmx, *tables, own]


def _read_before(database: Path, sql: str, parameters: list[Any] | None = None) -> pd.DataFrame | None:
    """Read from the publication before; None if there is none, or it can no longer be read, which must not keep a new one away."""
    try:
        return read_published(database, sql, parameters) if database.exists() else None
    except CannotRead:
        return None


def _runs(before: Path, *, run: str, finished_at: str, changed: str) -> pd.DataFrame:
    """Return the runs of the last publication, and this one."""
    this = pd.DataFrame([{"run": run, "finished_at": finished_at, "git_sha": git_sha(), "status": "published", "what_changed": changed}])
    earlier = _read_before(before, "from runs where run <> ?", [run])
    return conform("runs", this if earlier is None else pd.concat([earlier, this], ignore_index=True))


def _what_changed(warehouse: Warehouse, before: Path) -> str:
    """Say in one line what differs from the publication before: snapshots, current numbers, and what of it matters."""
    old_snapshots = _read_before(before, "select snapshot from snapshots")
    if old_snapshots is None:
        return "the publication before cannot be read" if before.exists() else "first publication"
    new = sorted(set(warehouse.read("snapshots")["snapshot"]) - set(old_snapshots["snapshot"]))
    key = key_columns("current_observations")
    now = warehouse.query(f"select {', '.join(key)}, value from current_observations")
    then = read_published(before, f"select {', '.join(key)}, value from current_observations")
    both = now.merge(then, on=key, how="outer", suffixes=("", "_before"))
    added, lost = int(both["value_before"].isna().sum()), int(both["value"].isna().sum())
    moved = int((both["value"] != both["value_before"]).sum()) - added - lost
    counted = format_count(len(new), "new snapshot", "new snapshots")
    parts = [f"{counted} ({', '.join(new[:3])}{' …' if len(new) > 3 else ''})"] if new else []
    counts = {"new": added, "changed": moved, "gone": lost}
    if any(counts.values()):
        parts.append("current numbers: " + ", ".join(f"{count:,} {what}" for what, count in counts.items() if count))
    status_now, items = status_snapshot(warehouse), []
    with suppress(CannotRead):  # the one before may be of a time when its tables were others
        items = news_items(status_snapshot(Published(before)), status_now)
    parts += [str(item) for item in items[:ITEMS_NAMED]]
    parts += [f"and {len(items) - ITEMS_NAMED} more that matter"] if len(items) > ITEMS_NAMED else []
    return "; ".join(parts) or "nothing: the same figures as before"


def _require_whole(folder: Path, tables: Iterable[str]) -> None:
    """Open what was written and compare it with the descriptor."""
    for path in altered(folder):
        raise Incomplete(f"{path} is not as it was described; nothing was published, run the build again")
    held = set(read_published(folder / DATABASE, "select table_name from duckdb_tables()")["table_name"])
    if missing := set(tables) - held:
        raise Incomplete(f"the database lacks {', '.join(sorted(missing))}; nothing was published, run the build again")
    if (folder / f"{DATABASE}.wal").exists():
        raise Incomplete(f"{DATABASE} was not closed; nothing was published, run the build again")


def _point(link: Path, folder: Path) -> None:
    """Make `link` point to `folder` by one rename, under whoever is reading."""
    new = link.with_name(f".{link.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    new.symlink_to(os.path.relpath(folder, link.parent), target_is_directory=True)
    os.replace(new, link)


def _keep_newest(folder: Path, current: Path, count: int) -> None:
    """Remove all but the newest publications, never the current one, and what killed runs left aside."""
    others = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path != current)
    for path in [*others[: max(0, len(others) - count + 1)], *folder.glob(".*.partial")]:
        shutil.rmtree(path, ignore_errors=True)
    for link in folder.parent.glob(".publication.*"):
        link.unlink(missing_ok=True)


def _slug(text: str) -> str:
    return "-".join("".join(character if character.isalnum() else " " for character in text.lower()).split())
