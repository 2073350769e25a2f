"""The descriptor of the public folder: a Frictionless data package that names each file's hash, licence and columns."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from indicators.contracts.tables import column_meanings, column_types, key_columns, row_meaning
from pipelines.publication.build_id import FORMS
from pipelines.publication.licences import COMPILED_LICENCE, OWN_LICENCE, OWN_LICENCE_URL
from pipelines.publication.publication_info import PublicationInfo

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.publication.rows.registries import Chart

DESCRIPTOR = "datapackage.json"
#: The ending of a list of files with their hashes.
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

Json = Mapping[str, object]


@dataclass(frozen=True)
class Licence:
    """A licence; one without a text, such as that of cited figures, has no path."""

    title: str
    path: str | None

    def as_json(self) -> Json:
        """Return it as the descriptor has it."""
        slug = re.sub(r"[^A-Za-z0-9._]+", "-", self.title).strip("-")
        return {"title": self.title, "name": slug} | ({"path": self.path} if self.path else {})


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    description: str


@dataclass(frozen=True)
class Schema:
    """The columns of a table; a primary key has no missing part."""

    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]

    def as_json(self) -> Json:
        """Return it as the descriptor has it."""
        fields = [{"name": column.name, "type": column.type, "description": column.description} for column in self.columns]
        key = {"primaryKey": list(self.primary_key)} if self.primary_key else {}
        return {"fields": fields, "missingValues": [""]} | key


@dataclass(frozen=True)
class Resource:
    """One file: its size, hash and licence, and for a table its columns.

    Attributes:
        kind: A table that tools read row by row, a file that they leave alone, or neither stated.
    """

    name: str
    path: str
    bytes: int
    hash: str
    licence: Licence
    title: str = ""
    description: str = ""
    kind: Literal["table", "file", ""] = ""
    schema: Schema | None = None

    @property
    def format(self) -> str:
        """The ending of its name."""
        return self.path.rsplit(".", 1)[-1]

    def as_json(self) -> Json:
        """Return it as the descriptor has it."""
        kind = {"table": {"profile": "tabular-data-resource", "encoding": "utf-8"}, "file": {"type": "file"}, "": {}}[self.kind]
        return {
            "name": self.name.replace("_", "-").lower(),
            "path": self.path,
            "format": self.format,
            "mediatype": _MEDIA_TYPES[self.format],
            "bytes": self.bytes,
            "hash": self.hash,
            "licenses": [self.licence.as_json()],
            **kind,
            **({"title": self.title} if self.title else {}),
            **({"description": self.description} if self.description else {}),
            **({"schema": self.schema.as_json()} if self.schema else {}),
        }


@dataclass
class DataPackage:
    """The descriptor of a folder while it is filled.

    Attributes:
        folder: The public folder.
        info: The publication.
        licences: The licences that its files may name, by title.
        table_licences: The titles of the licences of its tables.
        sources: The citation of each source, and its address if there is one.
        snapshots: The hash of each snapshot.
        standings: The status of each source.
        resources: Its files.
    """

    folder: Path
    info: PublicationInfo
    licences: Mapping[str, Licence]
    table_licences: frozenset[str]
    sources: tuple[tuple[str, str | None], ...]
    snapshots: Mapping[str, str]
    standings: Mapping[str, str]
    resources: list[Resource] = field(default_factory=list)

    def add(self, path: str, description: str, licence: str) -> None:
        """Add a file of the folder whose columns, if it has any, are described elsewhere."""
        self.resources.append(self._resource(path, re.sub(r"[/.]", "-", path), licence, description=description, kind="file"))

    def add_table(self, name: str, table: pd.DataFrame, licence: str) -> None:
        """Add the CSV and the Parquet file of a table, with their columns."""
        types, meanings, key = column_types(name), column_meanings(name), key_columns(name)
        description = f"One row: {row_meaning(name)}."
        columns = tuple(Column(column, _FIELD_TYPES[kind], meanings[column]) for column, kind in types.items())
        # A primary key may have no missing part; the period of a membership may begin before our lists.
        schema = Schema(columns, tuple(key) if key and not table[key].isna().any(axis=None) else ())
        csv, parquet = f"tables/{name}.csv", f"tables/{name}.parquet"
        self.resources.append(self._resource(csv, name, licence, description=description, kind="table", schema=schema))
        # A tool that reads tables row by row cannot count the bytes of a Parquet file, and would take the size stated here for wrong.
        self.resources.append(self._resource(parquet, f"{name}-parquet", licence, description=description, kind="file", schema=schema))

    def add_chart(self, chart: Chart) -> None:
        """Add the files of a chart."""
        for form in FORMS:
            path, name = f"charts/{chart.chart}.{form}", f"chart-{chart.chart}-{form}"
            self.resources.append(self._resource(path, name, chart.licence, title=chart.title, description=chart.alt))

    def as_json(self) -> Json:
        """Return the descriptor, without itself."""
        return {
            "name": "digital-divide",
            "title": "Follow-up of the digital-divide figures of A/RES/80/173",
            "created": self.info.made_at,
            "git_sha": self.info.git_sha,
            "code": self.info.code,
            "run": self.info.run,
            "selection": self.info.selection,
            "licenses": [self.licences[title].as_json() for title in sorted(self.table_licences)],
            "sources": [{"title": citation} | ({"path": url} if url else {}) for citation, url in self.sources],
            "snapshots": self.snapshots,
            "standings": self.standings,
            "resources": [resource.as_json() for resource in self.resources],
        }

    def write(self) -> None:
        """Write the descriptor to the folder."""
        text = json.dumps(self.as_json(), indent=1, ensure_ascii=False, allow_nan=False)
        (self.folder / DESCRIPTOR).write_text(text + "\n", "utf-8")

    def _resource(
        self,
        path: str,
        name: str,
        licence: str,
        *,
        title: str = "",
        description: str = "",
        kind: Literal["table", "file", ""] = "",
        schema: Schema | None = None,
    ) -> Resource:
        size = (self.folder / path).stat().st_size
        return Resource(name, path, size, _hash(self.folder / path), self.licences[licence], title, description, kind, schema)


def data_package(
    folder: Path, tables: Mapping[str, pd.DataFrame], charts: Iterable[Chart], table_licences: Mapping[str, str], info: PublicationInfo
) -> DataPackage:
    """Return the descriptor of the tables and charts of a folder; its other files are added to it.

    Args:
        folder: The public folder, with the files of tables and charts.
        tables: The published tables by name.
        charts: The published charts.
        table_licences: The licence of each table.
        info: The publication.
    """
    sources, snapshots = tables["sources"], tables["snapshots"]
    texts = dict(zip(sources["licence"], sources["licence_url"], strict=True)) | {OWN_LICENCE: OWN_LICENCE_URL, COMPILED_LICENCE: None}
    cited = snapshots.drop_duplicates("citation")
    package = DataPackage(
        folder,
        info,
        licences={title: Licence(title, url if isinstance(url, str) else None) for title, url in texts.items()},
        table_licences=frozenset(table_licences.values()),
        sources=tuple(
            (citation, url if isinstance(url, str) else None) for citation, url in zip(cited["citation"], cited["url"], strict=True)
        ),
        snapshots=dict(zip(snapshots["snapshot"], snapshots["sha256"], strict=True)),
        standings=standings(tables["freshness"]),
    )
    for name, table in tables.items():
        package.add_table(name, table, table_licences[name])
    for chart in charts:
        package.add_chart(chart)
    return package


@dataclass(frozen=True)
class Descriptor:
    """What the descriptor of a folder says of its publication.

    Attributes:
        made_at: UTC time at which it was made, ISO.
        code: Fingerprint of the code.
        git_sha: Commit of the code.
        run: Identifier of the run.
        selection: The selection of snapshots, in words.
        snapshots: The hash of each snapshot.
        standings: The status of each source.
        hashes: The hash of each file.
    """

    made_at: str
    code: str
    git_sha: str
    run: str
    selection: str
    snapshots: Mapping[str, str]
    standings: Mapping[str, str]
    hashes: Mapping[str, str]


def read_descriptor(folder: Path) -> Descriptor:
    """Return what the descriptor of a folder says.

    Raises:
        OSError: There is none, or it cannot be read.
        ValueError: It is not a descriptor that this project wrote.
    """
    entries = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    if not isinstance(entries, dict):
        raise ValueError(f"{folder / DESCRIPTOR} is no descriptor: it has no names")
    text = {name: str(entries.get(name, "")) for name in ("created", "code", "git_sha", "run", "selection")}
    return Descriptor(
        made_at=text.pop("created"),
        **text,
        snapshots=entries.get("snapshots", {}),
        standings=entries.get("standings", {}),
        hashes={resource["path"]: resource["hash"] for resource in entries.get("resources", [])},
    )


def standings(freshness: pd.DataFrame) -> dict[str, str]:
    """Return the status of each source in a form that changes only when a reader should know: not with its age or the hour."""
    states = freshness["connector_state"] + freshness["overdue"].map({True: ", overdue", False: ""})
    return dict(zip(freshness["source"], states, strict=True))


def altered(folder: Path) -> list[str]:
    """Return the files of a folder that are missing or not the bytes its descriptor names, itself or in a list of files."""
    hashes = dict(read_descriptor(folder).hashes)
    for path in [path for path in hashes if path.endswith(LIST)]:
        hashes |= listed(folder / path)
    return [path for path, expected in hashes.items() if _hash(folder / path) != expected]


def write_list(folder: Path, path: str, files: Iterable[str]) -> None:
    """Write to `path` the hash of each of `files`, as `sha256sum --check` reads it."""
    lines = [f"{_hash(folder / file).removeprefix('sha256:')}  {file}\n" for file in sorted(files)]
    (folder / path).write_text("".join(lines), "utf-8")


def listed(path: Path) -> dict[str, str]:
    """Return the hash of each file that a list names, by its path; nothing for a list that is not there."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return {file: f"sha256:{digest}" for digest, file in (line.split("  ", 1) for line in lines)}


def _hash(path: Path) -> str:
    if not path.is_file():
        return "missing"
    with path.open("rb") as handle:
        return "sha256:" + hashlib.file_digest(handle, "sha256").hexdigest()
