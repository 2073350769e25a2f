"""How to cite a publication: one sentence, the same with its sources as plain text, and both for BibTeX."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from indicators.registries.sources import vintage_name

if TYPE_CHECKING:
    import pandas as pd

TITLE = "Follow-up of the digital-divide figures of A/RES/80/173"
AUTHORS = "The digital-divide contributors"
TEXT = "citation.txt"
BIBTEX = "citation.bib"


def sentence(tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]) -> str:
    """Return the citation of a publication: when it was made, of which newest vintages, by which code.

    Args:
        tables: The published tables by name; used is `snapshots`.
        about: made_at (ISO, UTC), git_sha, code, run, selection, is_everything.
    """
    # Of files and not of series: a list of areas has no edition of any indicator, and is cited all the same.
    by_date = _editions(tables).sort_values(["is_dated", "published", "vintage"])
    newest = by_date.drop_duplicates("source", keep="last").sort_values("source")
    vintages = ", ".join(vintage_name(source, vintage) for source, vintage in zip(newest["source"], newest["vintage"], strict=True))
    made_at = dt.datetime.fromisoformat(about["made_at"])
    part = "" if about["is_everything"] else f" (selection: {about['selection']})"
    code = about["git_sha"] or about["code"]
    return f"{TITLE}, made on {made_at.day} {made_at:%B %Y} from {vintages} and earlier vintages{part}; code {code}, run {about['run']}."


def text(tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]) -> str:
    """Return the citation and, under it, those of the sources, an edition a line."""
    lines = [
        sentence(tables, about),
        "",
        "Cite the publisher of a figure too, and name the vintage, for another may hold another figure:",
        "",
    ]
    lines += [
        f"* {row.source} {row.vintage} (published {row.published}): {row.citation} Licence: {row.licence}."
        for row in _editions(tables).itertuples()
    ]
    return "\n".join([*lines, "", f"Licence of the whole: {about['licence']}.", ""])


def bibtex(tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]) -> str:
    """Return an entry for the publication and one for each edition of a source; `misc`, which every style knows."""
    made_at = dt.datetime.fromisoformat(about["made_at"])
    note = sentence(tables, about).removeprefix(f"{TITLE}, ").replace("made", "Made", 1)
    own = {"author": AUTHORS, "title": TITLE, "year": str(made_at.year), "note": note}
    entries = [_entry(f"digital-divide-{made_at:%Y-%m-%d}", own)]
    of = tables["sources"].set_index("source")
    for row in _editions(tables).to_dict("records"):
        source = of.loc[row["source"]]
        fields = {
            "author": source["publisher"],
            "title": source["title"],
            "year": row["published"][:4],
            "url": source["url"],
            "note": f"Vintage {row['vintage']}, published {row['published']}. {row['citation']} Licence: {row['licence']}",
        }
        entries.append(_entry(f"{row['source']}-{row['vintage']}", fields))
    return "\n".join(entries)


def _editions(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row an edition held; where its files are cited in several ways, all of them."""
    files = tables["snapshots"].sort_values(["source", "published", "vintage", "file"])
    return files.groupby(["source", "vintage"], sort=False, as_index=False).agg(
        published=("published", "max"), is_dated=("is_dated", "all"), citation=("citation", _each_once), licence=("licence", _each_once)
    )


def _each_once(texts: pd.Series) -> str:
    return " ".join(dict.fromkeys(texts))


def _entry(key: str, fields: Mapping[str, str]) -> str:
    # Doubled braces keep names of organisations whole and capitals as they are; a url is left as it is.
    lines = [f"  {name} = {{{value if name == 'url' else '{' + _escaped(value) + '}'}}}" for name, value in fields.items()]
    return f"@misc{{{re.sub('[^A-Za-z0-9-]', '-', key)},\n" + ",\n".join(lines) + "\n}\n"


def _escaped(text: str) -> str:
    r"""Return text with what TeX takes for its own escaped.

    >>> _escaped("50 % of R&D")
    '50 \\% of R\\&D'
    """
    return re.sub(r"([&%$#_])", r"\\\1", text)
