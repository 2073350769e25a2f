"""The descriptor of the public folder: a Frictionless data package that names each file's hash, licence and columns."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.publication.build_id import FORMS

if TYPE_CHECKING:
    import pandas as pd
from pipelines.publication.licences import COMPILED_LICENCE, OWN_LICENCE, OWN_LICENCE_URL, licences

#: How the name of a list of files with their hashes ends.
LIST = ".sha256"
_MEDIA_TYPES = {
    "bib": "application/x-bibtex",
    "csv": "text/csv",
    "duckdb": "application/vnd.duckdb",
    "html": "text/html",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "png": "image/png",
    "sha256": "text/plain",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FIELD_TYPES = {"str": "string", "int64": "integer", "float64": "number", "bool": "boolean"}


def describe(folder: Path, tables: dict[str, pd.DataFrame], charts: pd.DataFrame, about: dict[str, Any]) -> dict[str, Any]:
    """Describe the tables, charts and database that lie in `folder`.

    Args:
        folder: The public folder, its files written.
        tables: The published tables by name.
        charts: One row a chart: chart, title, alt, licence.
        about: When and of what the publication was made; what it holds besides `licence` stands in the descriptor.

    Returns:
        The descriptor, without the page, which is made from it; `add` takes that up.
    """
    sources, snapshots = tables["sources"], tables["snapshots"]
    urls = dict(zip(sources["licence"], sources["licence_url"].astype("object").where(sources["licence_url"].notna(), ""), strict=True))
    licence_of = licences(tables)
    named = {name: _licence(name, urls | {OWN_LICENCE: OWN_LICENCE_URL}) for name in {*urls, OWN_LICENCE, COMPILED_LICENCE}}
    resources = []
    for table in tables:
        resources += _table(folder, table, tables[table], named[licence_of[table]])
    for chart in charts.itertuples():
        for form in FORMS:
            resource = _resource(folder, f"charts/{chart.chart}.{form}", f"chart-{chart.chart}-{form}", named[str(chart.licence)])
            resources.append(resource | {"title": chart.title, "description": chart.alt})
    cited = snapshots.drop_duplicates("citation").to_dict("records")
    return {
        "name": "digital-divide",
        "title": "Follow-up of the digital-divide figures of A/RES/80/173",
        "created": about["made_at"],
        **{name: about[name] for name in ("git_sha", "code", "run", "selection")},
        "licenses": [named[name] for name in sorted(set(licence_of.values()))],
        "sources": [{"title": row["citation"]} | ({"path": row["url"]} if isinstance(row["url"], str) else {}) for row in cited],
        "snapshots": dict(zip(snapshots["snapshot"], snapshots["sha256"], strict=True)),
        "standings": standings(tables["freshness"]),
        "resources": resources,
    }


def standings(freshness: pd.DataFrame) -> dict[str, str]:
    """Return how each source stands, in a form that changes only when a reader should be told: not with its age, or the hour asked."""
    states = freshness["connector_state"] + freshness["overdue"].map({True: ", overdue", False: ""})
    return dict(zip(freshness["source"], states, strict=True))


def add(descriptor: dict[str, Any], folder: Path, path: str, description: str, licence: str) -> None:
    """Take up one more file of `folder`, whose columns if any are told elsewhere, under a licence that the descriptor already names."""
    named = next(entry for entry in descriptor["licenses"] if entry["title"] == licence)
    descriptor["resources"].append(
        _resource(folder, path, re.sub(r"[/.]", "-", path), named) | {"type": "file", "description": description}
    )


def altered(folder: Path, descriptor: dict[str, Any]) -> list[str]:
    """Return the files of `folder` that are missing or not the bytes the descriptor names, itself or in a list of files."""
    hashes = {resource["path"]: resource["hash"] for resource in descriptor["resources"]}
    for path in [path for path in hashes if path.endswith(LIST)]:
        hashes |= listed(folder / path)
    return [path for path, told in hashes.items() if _hash(folder / path) != told]


def write_list(folder: Path, path: str, files: list[str]) -> None:
    """Write to `path` the hash of each of `files`, as `sha256sum --check` reads it."""
    lines = [f"{_hash(folder / file).removeprefix('sha256:')}  {file}\n" for file in sorted(files)]
    (folder / path).write_text("".join(lines), "utf-8")


def listed(path: Path) -> dict[str, str]:
    """Return the hash of each file that a list names, by its path; nothing for a list that is not there."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return {file: f"sha256:{told}" for told, file in (line.split("  ", 1) for line in lines)}


def _table(folder: Path, name: str, table: pd.DataFrame, licence: dict[str, str]) -> list[dict[str, Any]]:
    """Describe a table's CSV and Parquet file, with their columns."""
    from indicators.contracts.tables import column_meanings, column_types, key_columns, row_meaning

    types, meanings, key = column_types(name), column_meanings(name), key_columns(name)
    description = f"One row: {row_meaning(name)}."
    fields = [{"name": column, "type": _FIELD_TYPES[kind], "description": meanings[column]} for column, kind in types.items()]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    # A primary key may have no missing part; the period of a membership may begin before our lists.
    if key and not table[key].isna().any(axis=None):
        schema["primaryKey"] = key
    csv = _resource(folder, f"tables/{name}.csv", name, licence)
    csv |= {"profile": "tabular-data-resource", "encoding": "utf-8", "description": description, "schema": schema}
    parquet = _resource(folder, f"tables/{name}.parquet", f"{name}-parquet", licence)
    # A tool that reads tables row by row cannot count the bytes of a Parquet file, and would take the size stated here for wrong.
    return [csv, parquet | {"type": "file", "description": description, "schema": schema}]


def _resource(folder: Path, path: str, name: str, licence: dict[str, str]) -> dict[str, Any]:
    form = path.rsplit(".", 1)[-1]
    return {
        "name": name.replace("_", "-").lower(),
        "path": path,
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "bytes": (folder / path).stat().st_size,
        "hash": _hash(folder / path),
        "licenses": [licence],
    }


def _licence(name: str, urls: dict[str, Any]) -> dict[str, str]:
    """Describe a licence; one without a text, such as that of cited figures, has no path."""
    slug = re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-")
    return {"title": name, "name": slug} | ({"path": urls[name]} if urls.get(name) else {})


def _hash(path: Path) -> str:
    if not path.is_file():
        return "missing"
    with path.open("rb") as handle:
        return "sha256:" + hashlib.file_digest(handle, "sha256").hexdigest()
