"""The public folder: database, CSV and Parquet, charts, page and descriptor; made aside, checked, then swapped in whole.

`publication` is a link to the newest of the folders in `publications/`. It is replaced by one rename, so that a reader sees the old
publication or the new one and never a mixture; a killed run leaves the last good one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.settings import PROJECT, PUBLICATIONS_KEPT, Settings
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import Warehouse, read_published

if TYPE_CHECKING:
    import pandas as pd

DATABASE = "digital_divide.duckdb"
DESCRIPTOR = "datapackage.json"

#: Tables that hold our own words and work, and none of a publisher's figures.
OWN_TABLES = {"indicators", "groups", "sources", "claims", "claim_conflicts", "runs"}
OWN_LICENCE = "MIT"
#: Countries, territories and their groups, compiled from lists that are free to use with attribution.
COMPILED_LICENCE = "CC BY 4.0"

_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "duckdb": "application/vnd.duckdb",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_FIELD_TYPES = {"str": "string", "int64": "integer", "float64": "number", "bool": "boolean"}


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
    from indicators import contracts

    tables = [table for table in contracts.TABLES if table != "runs"]
    warehouse.require_one_state([*tables, "charts"])
    selection = warehouse.read("selection").iloc[0]
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
        warehouse.write("runs", _runs(before / DATABASE, run=run, finished_at=f"{now:%Y-%m-%dT%H:%M:%SZ}", changed=changed))
        _fill(warehouse, paths, aside, [*tables, "runs"], about=_about(run, now, selection, changed))
        _require_whole(aside, [*tables, "runs"])
        if selection["is_everything"]:
            os.replace(aside, final)
            _point(paths.publication, final)
            _keep_newest(paths.publications, PUBLICATIONS_KEPT)
            return paths.publication
        shutil.rmtree(final, ignore_errors=True)
        os.replace(aside, final)
        return final
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def what_changed(folder: Path) -> str:
    """Return what the newest run of a publication changed, in one line."""
    return str(read_published(folder / DATABASE, "select what_changed from runs order by finished_at desc limit 1")["what_changed"].iloc[0])


def is_up_to_date(folder: Path, store: SnapshotStore) -> bool:
    """Return whether the publication was made by this very code from these very snapshots."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    held = {snapshot.name: snapshot.sidecar["sha256"] for snapshot in store.list()}
    sha = git_sha()
    return sha is not None and not sha.endswith("+") and descriptor.get("git_sha") == sha and descriptor.get("snapshots") == held


def altered(folder: Path) -> list[str]:
    """Return the files of a publication that are missing or not the bytes its descriptor names."""
    descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    return [resource["path"] for resource in descriptor["resources"] if _hash(folder / resource["path"]) != resource["hash"]]


def newest_selection(paths: Settings) -> Path:
    """Return the folder of the newest publication made from a selection."""
    return max((path for path in paths.selections.iterdir() if not path.name.startswith(".")), key=lambda path: path.stat().st_mtime)


def summary(folder: Path) -> dict[str, Any]:
    """Return in a few figures what a publication holds."""
    database = folder / DATABASE
    verdicts = read_published(
        database,
        "select verdict, count(*) as claims from verdicts where moment = 'now' and basis = 'published' "
        "group by verdict order by claims desc, verdict",
    )
    counts = read_published(
        database,
        "select (select count(*) from observations) as observations, "
        "(select count(distinct (source, vintage)) from snapshots) as vintages, "
        "(select count(*) from quarantine) as quarantined",
    ).iloc[0]
    told = ", ".join(f"{row.claims} {row.verdict}" for row in verdicts.itertuples())
    return {"verdicts": told, "what_changed": what_changed(folder), **{str(name): int(value) for name, value in counts.items()}}


def git_sha() -> str | None:
    """Return the commit of the code, with a + if files differ from it; None outside a checkout."""
    try:
        described = subprocess.run(
            ["git", "-C", str(PROJECT), "describe", "--always", "--abbrev=12", "--dirty=+"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return described.stdout.strip() or None


def _fill(warehouse: Warehouse, paths: Settings, folder: Path, tables: list[str], about: dict[str, Any]) -> None:
    """Write every file of the publication to `folder`."""
    from pipelines import page

    warehouse.export(tables, folder / DATABASE)
    (folder / "tables").mkdir()
    warehouse.export_files(tables, folder / "tables")
    shutil.copytree(paths.chart_files, folder / "charts")
    frames = {table: warehouse.read(table) for table in tables}
    licences = _licences(frames)
    charts = warehouse.read("charts")
    about["licence"] = licences["observations"]
    charts["licence"] = licences["observations"]
    descriptor = _descriptor(folder, frames, licences, charts, about)
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (folder / "index.html").write_text(page.render(frames, charts, _downloads(descriptor, folder, frames), about), "utf-8")


def _about(run: str, now: dt.datetime, selection: Any, changed: str) -> dict[str, Any]:
    return {
        "made_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "git_sha": git_sha() or "",
        "run": run,
        "selection": str(selection["selection"]),
        "is_everything": bool(selection["is_everything"]),
        "what_changed": changed,
    }


def _licences(frames: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return the licence of each table: the strictest of the sources its rows come from."""
    from indicators.sources import strictest

    of_source = dict(zip(frames["sources"]["source"], frames["sources"]["licence"], strict=True))
    licences = {}
    for table, frame in frames.items():
        if table in OWN_TABLES:
            licences[table] = OWN_LICENCE
        elif "source" in frame and not frame.empty:
            licences[table] = strictest(of_source[source] for source in frame["source"].unique())
        else:
            licences[table] = COMPILED_LICENCE
    return licences


def _descriptor(
    folder: Path, frames: dict[str, pd.DataFrame], licences: dict[str, str], charts: pd.DataFrame, about: dict[str, Any]
) -> dict[str, Any]:
    """Describe the folder as a Frictionless data package: each file with its hash, size, licence, and the fields of each table."""
    from indicators import contracts

    sources, snapshots = frames["sources"], frames["snapshots"]
    paths = dict(zip(sources["licence"], sources["licence_url"], strict=True)) | {OWN_LICENCE: "https://opensource.org/license/mit"}
    resources = []
    for table in frames:
        types, meanings = contracts.column_types(table), contracts.column_meanings(table)
        fields = [{"name": name, "type": _FIELD_TYPES[types[name]], "description": meanings[name]} for name in types]
        for form in ("csv", "parquet"):
            resource = _resource(folder, f"tables/{table}.{form}", table if form == "csv" else f"{table}-parquet", licences[table], paths)
            resource["description"] = f"One row: {contracts.grain(table)}."
            if form == "csv":
                key = contracts.key(table)
                complete = [name for name in key if not frames[table][name].isna().any()]
                resource |= {"profile": "tabular-data-resource", "encoding": "utf-8"}
                resource["schema"] = {"fields": fields, "missingValues": [""]} | ({"primaryKey": key} if key and complete == key else {})
            resources.append(resource)
    for chart in charts.itertuples():
        for form in ("png", "svg", "csv"):
            name = f"chart-{str(chart.chart).replace('_', '-')}-{form}"
            resources.append(
                _resource(folder, f"charts/{chart.chart}.{form}", name, str(chart.licence), paths)
                | {"title": chart.title, "description": chart.alt}
            )
    resources.append(
        _resource(folder, DATABASE, "database", about["licence"], paths)
        | {"description": "All tables, with comments on each table and column."}
    )
    return {
        "name": "digital-divide",
        "title": "Follow-up of the digital-divide figures of A/RES/80/173",
        "created": about["made_at"],
        "git_sha": about["git_sha"],
        "run": about["run"],
        "selection": about["selection"],
        "licenses": [_licence(licence, paths) for licence in sorted({*licences.values()})],
        "sources": [{"title": row.citation, "path": row.url} for row in snapshots.drop_duplicates("citation").itertuples()],
        "snapshots": dict(zip(snapshots["snapshot"], snapshots["sha256"], strict=True)),
        "resources": resources,
    }


def _resource(folder: Path, path: str, name: str, licence: str, licence_paths: dict[str, Any]) -> dict[str, Any]:
    form = path.rsplit(".", 1)[-1]
    return {
        "name": name.replace("_", "-").lower(),
        "path": path,
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "bytes": (folder / path).stat().st_size,
        "hash": _hash(folder / path),
        "licenses": [_licence(licence, licence_paths)],
    }


def _hash(path: Path) -> str:
    if not path.is_file():
        return "missing"
    with path.open("rb") as handle:
        return "sha256:" + hashlib.file_digest(handle, "sha256").hexdigest()


def _licence(name: str, paths: dict[str, Any]) -> dict[str, str]:
    """Describe a licence; one without a text, such as that of cited figures, has its title alone."""
    path = paths.get(name)
    return {"title": name, "name": name.replace(" ", "-")} | ({"path": path} if isinstance(path, str) and path else {})


def _downloads(descriptor: dict[str, Any], folder: Path, frames: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """List the files of each table, and the database, for the page."""
    from indicators import contracts

    by_path = {resource["path"]: resource for resource in descriptor["resources"]}

    def files(*paths: str) -> list[dict[str, Any]]:
        return [{"path": path, "bytes": (folder / path).stat().st_size, "format": path.rsplit(".", 1)[-1]} for path in paths]

    whole = {
        "name": DATABASE,
        "description": "All tables in one DuckDB file",
        "rows": None,
        "licence": by_path[DATABASE]["licenses"][0]["title"],
        "files": files(DATABASE),
    }
    described = {
        "name": DESCRIPTOR,
        "description": "Hashes, licences, citations and the meaning of every column",
        "rows": None,
        "licence": OWN_LICENCE,
        "files": files(DESCRIPTOR),
    }
    listed = [
        {
            "name": table,
            "description": f"One row: {contracts.grain(table)}",
            "rows": len(frame),
            "licence": by_path[f"tables/{table}.csv"]["licenses"][0]["title"],
            "files": files(f"tables/{table}.csv", f"tables/{table}.parquet"),
        }
        for table, frame in frames.items()
    ]
    return [whole, *listed, described]


def _runs(before: Path, *, run: str, finished_at: str, changed: str) -> pd.DataFrame:
    """Return the runs of the last publication, and this one."""
    import pandas as pd

    from indicators import contracts

    this = pd.DataFrame([{"run": run, "finished_at": finished_at, "git_sha": git_sha(), "status": "published", "what_changed": changed}])
    earlier = [read_published(before, "from runs where run <> ?", [run])] if before.exists() else []
    return contracts.conform("runs", pd.concat([*earlier, this], ignore_index=True))


def _what_changed(warehouse: Warehouse, before: Path) -> str:
    """Say in one line what differs from the publication before: snapshots, current numbers, verdicts now."""
    if not before.exists():
        return "first publication"
    old_snapshots = set(read_published(before, "select snapshot from snapshots")["snapshot"])
    new = sorted(set(warehouse.read("snapshots")["snapshot"]) - old_snapshots)
    key = ["indicator", "area", "year", "sex", "locality", "age"]
    now = warehouse.query(f"select {', '.join(key)}, value from current_observations")
    then = read_published(before, f"select {', '.join(key)}, value from current_observations")
    both = now.merge(then, on=key, how="outer", suffixes=("", "_before"))
    added, lost = int(both["value_before"].isna().sum()), int(both["value"].isna().sum())
    moved = int((both["value"] != both["value_before"]).sum()) - added - lost
    verdicts = "select claim, basis, verdict from verdicts where moment = 'now'"
    flips = warehouse.query(verdicts).merge(read_published(before, verdicts), on=["claim", "basis"], suffixes=("", "_before"))
    flips = flips[flips["verdict"] != flips["verdict_before"]]
    parts = [f"{len(new)} new snapshots ({', '.join(new[:3])}{' …' if len(new) > 3 else ''})"] if new else []
    counts = {"new": added, "changed": moved, "gone": lost}
    if any(counts.values()):
        parts.append("current numbers: " + ", ".join(f"{count:,} {what}" for what, count in counts.items() if count))
    parts += [f"{row.claim} ({row.basis}): {row.verdict_before} became {row.verdict}" for row in flips.itertuples()]
    return "; ".join(parts) or "nothing: the same figures as before"


def _require_whole(folder: Path, tables: Iterable[str]) -> None:
    """Open what was written and compare it with the descriptor."""
    descriptor = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    for resource in descriptor["resources"]:
        if (folder / resource["path"]).stat().st_size != resource["bytes"]:
            raise Incomplete(f"{resource['path']} is not as it was described; nothing was published, run the build again")
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


def _keep_newest(folder: Path, count: int) -> None:
    """Remove all but the newest publications, and what killed runs left aside."""
    names = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    for path in [*names[:-count], *folder.glob(".*.partial")]:
        shutil.rmtree(path, ignore_errors=True)


def _slug(text: str) -> str:
    return "-".join("".join(character if character.isalnum() else " " for character in text.lower()).split())
