"""How to cite a publication: one sentence, the same with its sources as plain text, and both for BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from indicators.registries.sources import vintage_name
from pipelines.publication.number_format import format_day
from pipelines.publication.publication_info import PublicationInfo

if TYPE_CHECKING:
    import pandas as pd

TITLE = "Follow-up of the digital-divide figures of A/RES/80/173"
AUTHORS = "The digital-divide contributors"
TEXT = "citation.txt"
BIBTEX = "citation.bib"


def sentence(snapshots: pd.DataFrame, info: PublicationInfo) -> str:
    """Return the citation of a publication: when it was made, from which newest vintages, by which code.

    Args:
        snapshots: The published table of that name.
        info: The publication.
    """
    # Of files and not of series: a list of areas has no edition of any indicator, and is cited all the same.
    by_date = _editions(snapshots).sort_values(["is_dated", "published", "vintage"])
    newest = by_date.drop_duplicates("source", keep="last").sort_values("source")
    vintages = ", ".join(vintage_name(source, vintage) for source, vintage in zip(newest["source"], newest["vintage"], strict=True))
    part = "" if info.is_everything else f" (selection: {info.selection})"
    code = info.git_sha or info.code
    return f"{TITLE}, made on {format_day(info.time)} from {vintages} and earlier vintages{part}; code {code}, run {info.run}."


def text(tables: Mapping[str, pd.DataFrame], info: PublicationInfo) -> str:
    """Return the citation and, under it, those of the sources, one edition a line."""
    lines = [
        sentence(tables["snapshots"], info),
        "",
        "Cite the publisher of a figure too. Name the vintage, because another vintage may have another figure:",
        "",
    ]
    lines += [
        f"* {row.source} {row.vintage} (published {row.published}): {row.citation} Licence: {row.licence}."
        for row in _editions(tables["snapshots"]).itertuples()
    ]
    return "\n".join([*lines, "", f"Licence of the whole: {info.licence}.", ""])


def bibtex(tables: Mapping[str, pd.DataFrame], info: PublicationInfo) -> str:
    """Return an entry for the publication and one for each edition of a source; `misc`, which every style knows."""
    made_at = info.time
    note = sentence(tables["snapshots"], info).removeprefix(f"{TITLE}, ").replace("made", "Made", 1)
    own = {"author": AUTHORS, "title": TITLE, "year": str(made_at.year), "note": note}
    entries = [_entry(f"digital-divide-{made_at:%Y-%m-%d}", own)]
    sources = tables["sources"].set_index("source")
    for row in _editions(tables["snapshots"]).to_dict("records"):
        source = sources.loc[row["source"]]
        fields = {
            "author": source["publisher"],
            "title": source["title"],
            "year": row["published"][:4],
            "url": source["url"],
            "note": f"Vintage {row['vintage']}, published {row['published']}. {row['citation']} Licence: {row['licence']}",
        }
        entries.append(_entry(f"{row['source']}-{row['vintage']}", fields))
    return "\n".join(entries)


def _editions(snapshots: pd.DataFrame) -> pd.DataFrame:
    """Return one row an edition; where its files are cited in several ways, all of them."""
    files = snapshots.sort_values(["source", "published", "vintage", "file"])
    return files.groupby(["source", "vintage"], sort=False, as_index=False).agg(
        published=("published", "max"), is_dated=("is_dated", "all"), citation=("citation", _each_once), licence=("licence", _each_once)
    )


def _each_once(texts: pd.Series) -> str:
    return " ".join(dict.fromkeys(texts))


def _entry(key: str, fields: Mapping[str, str]) -> str:
    # Double braces keep names of organisations together and capitals as they are; a URL needs none.
    lines = [f"  {name} = {{{value if name == 'url' else '{' + _escaped(value) + '}'}}}" for name, value in fields.items()]
    return f"@misc{{{re.sub('[^A-Za-z0-9-]', '-', key)},\n" + ",\n".join(lines) + "\n}\n"


def _escaped(text: str) -> str:
    r"""Return text with the characters escaped that mean something to TeX.

    >>> _escaped("50 % of R&D")
    '50 \\% of R\\&D'
    """
    return re.sub(r"([&%$#_])", r"\\\1", text)
