"""The tables, a step a layer: what they are and what they are made from is read from the register."""

from indicators.charts.registry import labels_with_charts
from indicators.contracts.declarations import Layer
from indicators.registries.labels import LANGUAGES
from pipelines.orchestration.asset_factory import Metadata, layer_step, table_metadata
from pipelines.warehouse import queries
from pipelines.warehouse.database import Warehouse


def _missing_labels(_: Warehouse) -> Metadata:
    """Count the labels that are in English because a translation is missing, by language."""
    return {"missing": ", ".join(f"{name} {len(labels_with_charts(code).missing)}" for code, name in LANGUAGES.items() if code != "en")}


def _revisions_in_brief(warehouse: Warehouse) -> Metadata:
    """Return what changed between consecutive vintages, a row an indicator and pair."""
    return {"in_brief": table_metadata(warehouse.query(queries.model("revisions_in_brief")))}


def _quarantined_files(warehouse: Warehouse) -> Metadata:
    """Count the refused rows of each file."""
    counts = warehouse.query("select source, vintage, file, count(*) as rows from quarantine group by all order by all")
    return {"files": table_metadata(counts)} if len(counts) else {}


DETAILS = {"labels": _missing_labels, "revisions": _revisions_in_brief, "quarantine": _quarantined_files}

steps = [layer_step(layer, DETAILS) for layer in (Layer.REGISTRIES, Layer.CORE, Layer.MEASURES, Layer.CLAIMS)]
