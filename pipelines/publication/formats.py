"""The publication in further formats for common tools; the database and the tables' CSV and Parquet are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from indicators.contracts.data_dictionary import data_dictionary
from pipelines.publication import citation, excel, sdmx
from pipelines.publication.licences import COMPILED_LICENCE, OWN_LICENCE
from pipelines.publication.publication_info import PublicationInfo

if TYPE_CHECKING:
    import pandas as pd

DATA_DICTIONARY = "data_dictionary.csv"
SDMX_OBSERVATIONS, SDMX_STRUCTURE, SDMX_CODES = "sdmx/observations.csv", "sdmx/structure.json", "sdmx/codes.csv"

#: What each file is, for the descriptor and the page.
DESCRIPTIONS = {
    excel.WORKBOOK: "The tables as an Excel workbook, one sheet each; the first sheet says which are too long for it.",
    DATA_DICTIONARY: "Every column of every table: type, meaning with unit, key, rules, an example.",
    SDMX_OBSERVATIONS: "The numbers of every vintage as SDMX-CSV 2.0.",
    SDMX_STRUCTURE: "Data structure, concepts and code lists of the SDMX-CSV, as SDMX-JSON 2.0.",
    SDMX_CODES: "The same code lists as a table, each code with the word we use.",
    citation.TEXT: "How to cite this publication and its sources.",
    citation.BIBTEX: "The same for BibTeX.",
}


def write(folder: Path, tables: Mapping[str, pd.DataFrame], info: PublicationInfo, licences: Mapping[str, str]) -> dict[str, str]:
    """Write each form to `folder`.

    Args:
        folder: The public folder.
        tables: The published tables by name.
        info: The publication.
        licences: The licence of each table.

    Returns:
        The licence of each file by its path.
    """
    columns = data_dictionary(tables)
    _csv(columns, folder / DATA_DICTIONARY)
    excel.write(folder / excel.WORKBOOK, tables, columns, info)
    (folder / SDMX_OBSERVATIONS).parent.mkdir()
    _csv(sdmx.observations(tables["observations"]), folder / SDMX_OBSERVATIONS)
    codes = sdmx.codes(tables)
    _csv(codes, folder / SDMX_CODES)
    (folder / SDMX_STRUCTURE).write_text(sdmx.structure(codes, made_at=info.made_at) + "\n", "utf-8")
    (folder / citation.TEXT).write_text(citation.text(tables, info), "utf-8")
    (folder / citation.BIBTEX).write_text(citation.bibtex(tables, info), "utf-8")
    whole = info.licence
    return {
        excel.WORKBOOK: whole,
        DATA_DICTIONARY: whole,  # its examples are figures
        SDMX_OBSERVATIONS: licences["observations"],
        SDMX_STRUCTURE: COMPILED_LICENCE,
        SDMX_CODES: COMPILED_LICENCE,
        citation.TEXT: OWN_LICENCE,
        citation.BIBTEX: OWN_LICENCE,
    }


def _csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
