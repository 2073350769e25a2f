"""The work of each step of a build: read, call, write. Plain functions, so that they run, are tested and timed without Dagster.

What a figure is, is decided in `indicators/`; what is joined to what, in `sql/`; the order of the steps, in `pipelines/defs/`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.registries.sources import sources
from pipelines.ingest.snapshots import SnapshotStore
from pipelines.warehouse import queries

if TYPE_CHECKING:
    import pandas as pd

    from indicators.editions.freshness import Attempt
    from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.selection import RAW_TABLES, Selection


def raw(warehouse: Warehouse, store: SnapshotStore, selection: Selection) -> None:
    """Read every selected snapshot, its rows as text, into the raw table of its source; and list the snapshots.

    Raises:
        SnapshotRefused: A snapshot's bytes are not those that were stored.
        ValueError: The selection leaves nothing, or a stored file can no longer be read.
    """
    import pandas as pd

    from indicators import readers
    from indicators.contracts.tables import conform
    from pipelines.provenance import code_version

    chosen = [snapshot for snapshot in store.list() if selection.holds(snapshot)]
    if not chosen:
        raise ValueError(f"the selection ({selection}) leaves no snapshot; choose a later day, or add a file with `divide add FILE`")
    for snapshot in chosen:
        if snapshot.source not in RAW_TABLES:
            known = ", ".join(sorted(RAW_TABLES))
            raise ValueError(f"{snapshot.path}: no source is called {snapshot.source}; known are {known}; move the file out of the store")
    empty = pd.DataFrame(
        {"snapshot": pd.Series(dtype="str"), "row_number": pd.Series(dtype="int64")}
        | {name: pd.Series(dtype="str") for name in readers.PUBLISHED_COLUMNS[1:]}
    )
    for table in RAW_TABLES.values():
        warehouse.write(table, empty)
    inventory = []
    for snapshot in chosen:
        try:
            published = readers.read(snapshot.read(), str(snapshot.sidecar.get("series", "")))
        except readers.Unreadable as error:
            raise ValueError(f"{snapshot.path}: {error}") from None
        warehouse.append(RAW_TABLES[snapshot.source], published.rows.assign(snapshot=snapshot.name))
        sidecar = {name: snapshot.sidecar.get(name) for name in ("retrieved", "sha256", "url", "licence", "citation", "origin")}
        inventory.append(
            {
                "snapshot": snapshot.name,
                "source": snapshot.source,
                "vintage": snapshot.vintage,
                "file": snapshot.file,
                "published": snapshot.published,
            }
            | {"whole_series": snapshot.sidecar.get("whole_series", sources()[snapshot.source].whole_series)}
            | {"layout": published.layout, "rows": len(published.rows), "without_value": published.without_value}
            | {
                "is_dated": bool(snapshot.sidecar.get("is_dated", True)),
                "repaired": published.repaired,
                "bytes": snapshot.path.stat().st_size,
            }
            | sidecar
        )
    warehouse.write("snapshots", conform("snapshots", pd.DataFrame(inventory)))
    made = {"selection": str(selection), "is_everything": selection.is_everything, "code": code_version()}
    warehouse.write("selection", pd.DataFrame([made]))


def registries(warehouse: Warehouse) -> None:
    """Write the tables that come with the code: indicators, economies, groups, memberships, sources, labels."""
    import pandas as pd

    import indicators
    from indicators.charts.registry import own_text
    from indicators.contracts.tables import conform
    from indicators.registries import catalogue
    from indicators.registries.labels import labels_table
    from indicators.registries.sources import sources_table

    folder = Path(indicators.__file__).parent / "registries"
    warehouse.write("indicators", catalogue.indicators_table())
    warehouse.write("sources", sources_table())
    warehouse.write("labels", labels_table(own_text()))
    for table in ("economies", "groups", "memberships"):
        # Only an empty cell is missing: NA is Namibia's two-letter code.
        frame = pd.read_csv(folder / f"{table}.csv", dtype="str", keep_default_na=False, na_values=[""])
        if table == "groups":
            frame["has_members"] = frame["has_members"] == "true"
        warehouse.write(table, conform(table, frame))


def missing_labels() -> str:
    """Return how many labels are shown in English because they have no translation, by language."""
    from indicators.charts.registry import labels_with_charts
    from indicators.registries.labels import LANGUAGES

    return ", ".join(f"{name} {len(labels_with_charts(code).missing)}" for code, name in LANGUAGES.items() if code != "en")


def observations(warehouse: Warehouse, store: SnapshotStore) -> None:
    """Turn raw rows into observations, a snapshot at a time; refused rows go to quarantine as they were."""
    import pandas as pd

    from indicators.contracts.tables import conform
    from indicators.editions import observations as tidy

    snapshots = warehouse.read("snapshots")
    made_from = ["snapshots", *RAW_TABLES.values()]
    kept, refused = [], []
    for entry in snapshots.to_dict("records"):
        rows = warehouse.query(f"from {RAW_TABLES[entry['source']]} where snapshot = ? order by row_number", [entry["snapshot"]])
        numbers, out = tidy.observations(
            rows, source=sources()[entry["source"]], vintage=entry["vintage"], published=entry["published"], snapshot=entry["snapshot"]
        )
        kept.append(numbers)
        refused.append(out.assign(snapshot=entry["snapshot"]))
    numbers, doubles = tidy.one_of_each(pd.concat(kept, ignore_index=True))
    warehouse.write("observations", numbers, made_from)
    out = pd.concat([*refused, doubles], ignore_index=True).merge(snapshots[["snapshot", "source", "vintage", "file"]], on="snapshot")
    out["raw"] = _as_they_were(store, out)
    warehouse.write("quarantine", conform("quarantine", out), made_from)


def standing(warehouse: Warehouse, store: SnapshotStore, attempts: Mapping[str, Attempt], today: dt.date) -> None:
    """Tell how fresh each source is, which corrections are still called for, and where a publisher's list of areas differs from ours."""
    vintages = warehouse.query("select distinct source, vintage, published from snapshots where is_dated")
    warehouse.write("freshness", _freshness(vintages, attempts, today), ["snapshots"])
    _corrections(warehouse)
    _area_differences(warehouse, store)


def _corrections(warehouse: Warehouse) -> None:
    """Tell of each declared correction what it did, and whether the publisher still prints what it mends."""
    import pandas as pd

    from indicators import readers
    from indicators.registries import corrections

    spoken_of = []
    for correction in corrections.corrections():
        where = " and ".join(f'"{column}" in (from unnest(?))' for column in correction.named)
        query = f"select ? as source, vintage, published, {RAW_TABLES[correction.source]}.* from {RAW_TABLES[correction.source]} "
        query += f"join snapshots using (snapshot) where {where or 'true'}"
        spoken_of.append(warehouse.query(query, [correction.source, *correction.named.values()]))
    columns = ["source", "vintage", "published", *readers.PUBLISHED_COLUMNS]
    rows = pd.concat(spoken_of).drop_duplicates() if spoken_of else pd.DataFrame(columns=columns)
    warehouse.write("corrections", corrections.standing(rows), ["snapshots", *RAW_TABLES.values()])


def where_sources_stand(store: SnapshotStore, attempts: Mapping[str, Attempt], today: dt.date) -> pd.DataFrame:
    """Return the table `freshness` for what is stored, built from or not."""
    import pandas as pd

    dated = [snapshot for snapshot in store.list() if snapshot.sidecar.get("is_dated", True)]
    held = [(snapshot.source, snapshot.vintage, snapshot.published) for snapshot in dated]
    return _freshness(pd.DataFrame(held, columns=["source", "vintage", "published"]), attempts, today)


def _freshness(vintages: pd.DataFrame, attempts: Mapping[str, Attempt], today: dt.date) -> pd.DataFrame:
    from indicators.editions.freshness import freshness
    from pipelines.ingest.refresh import CONNECTORS

    return freshness(vintages, attempts, set(CONNECTORS), today)


def _area_differences(warehouse: Warehouse, store: SnapshotStore) -> None:
    """Compare the newest list of areas that a publisher gives out with our tables."""
    import pandas as pd

    from indicators.contracts.tables import conform
    from indicators.editions import area_differences
    from indicators.readers import world_bank_areas
    from indicators.registries.areas import known_areas

    found = conform("area_differences", pd.DataFrame())
    newest = warehouse.query(
        "select source, vintage, snapshot from snapshots where layout = ? order by published, vintage", [world_bank_areas.LAYOUT]
    ).tail(1)
    for entry in newest.itertuples():
        listed = world_bank_areas.areas(store.get(str(entry.snapshot)).read())
        known = known_areas(sources()[str(entry.source)].area_codes)
        found = area_differences.differences(
            listed,
            known,
            warehouse.read("economies"),
            warehouse.read("memberships"),
            source=str(entry.source),
            vintage=str(entry.vintage),
        )
    warehouse.write("area_differences", found, ["snapshots", "economies", "memberships"])


def _as_they_were(store: SnapshotStore, refused: pd.DataFrame) -> list[str]:
    """Return refused rows as they stood in their files; only files with such rows are read again."""
    from indicators import readers

    rows: dict[tuple[str, int], str] = {}
    for name, numbers in refused.groupby("snapshot")["row_number"]:
        texts = readers.original_rows(store.get(str(name)).read(), set(numbers.astype("int64")))
        rows |= {(str(name), number): text for number, text in texts.items()}
    return [rows[name, int(number)] for name, number in zip(refused["snapshot"], refused["row_number"], strict=True)]


def choices(warehouse: Warehouse) -> None:
    """Choose the current number of each figure, and compare consecutive vintages."""
    for table in ("editions", "current_observations", "edition_pairs", "revisions"):
        warehouse.make(table)


def revisions_in_brief(warehouse: Warehouse) -> pd.DataFrame:
    """Return what changed between consecutive vintages, a row an indicator and pair."""
    return warehouse.query(queries.model("revisions_in_brief").text)
