"""From the rows of a published file to observations: what each number means, how exact it is, who measured it, or why it is refused.

Every row ends in exactly one of the two tables. Nothing is guessed, mended or cut to fit: a row that does not say what it must is
refused with the reason, and waits in quarantine for a line in `catalogue.toml` or `area_codes.csv`, or for the publisher.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

import numpy as np
import pandas as pd

from indicators.contracts.published_rows import PUBLISHED_COLUMNS
from indicators.contracts.tables import conform
from indicators.contracts.vocabulary import ALL, Nature, SeenIn
from indicators.conventions import wholes
from indicators.registries.areas import BY_NUMBER, areas_by_code
from indicators.registries.catalogue import DIMENSIONS, Meaning, breakdown, crosswalk, factor, families, indicators
from indicators.registries.corrections import corrected
from indicators.registries.sources import Source, sources
from indicators.wording.grammar import interval

FIRST_YEAR, LAST_YEAR = wholes("years_accepted")

KEY = ["indicator", "area", "year", "sex", "locality", "age"]
_SAID = ["series", "family", "unit", "sex", "locality", "age"]

# What a combination of series, unit and breakdown means, before it is known.
_UNKNOWN: dict[str, object] = dict.fromkeys(["indicator", *DIMENSIONS, "unit"], "") | {"factor": 1, "remark": "", "reason": ""}

# The publisher's own flag: country data and country data adjusted; estimated, modelled. Figures for global monitoring may be either.
_NATURES = {"c": Nature.COUNTRY, "ca": Nature.COUNTRY, "e": Nature.ESTIMATE, "m": Nature.ESTIMATE}
_NO_VALUE = {"", "na", "n/a", "nan", "null", "none", "..", "...", "-", "–", "—"}
_NUMBER = re.compile(r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$")
_IN_THOUSANDS = re.compile(r"^[+-]?[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?$")

# Wording that tells only the form of the figure; the figure itself is then what was printed.
_FORM_ONLY = "one decimal"

# "ITU estimate.", "ITU Estimate", "ITU estimate based on Eurostat.", "SITTEL. ITU estimate."; never "Telecom Egypt estimate."
_ITU_ESTIMATE = re.compile(r"\bitu\b[^.;,]*\bestimat")

# ITU alone named, and no estimate: whose measurement it rests on is not said.
_ITU_ALONE = re.compile(r"itu(?:,.*| calculation| research)?\.?")

# UTF-8 once read as Latin-1. A plain "Ã" is no damage: São Tomé writes "SÃO TOMÉ".
_DAMAGE = re.compile("Ã[\u0080-\u00bf]|â€|\ufffd")


def observations(rows: pd.DataFrame, *, source: Source, vintage: str, published: str, snapshot: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the observations that published rows state, and the rows refused.

    Args:
        rows: Rows of one file, in the columns of `PUBLISHED_COLUMNS`; not changed.
        source: The door the file came through.
        vintage: The dated edition it is.
        published: When the publisher dated that edition: ISO day, month or year.
        snapshot: Name of the stored file.

    Returns:
        The table `observations`, and the refused rows with `row_number`, `reason` and the KEY as far as it could be read; each row is in
        one of them, once.

    Missing data: a row that states no value is refused as such. `lower` and `upper` are what the printed form allows: for a bare number
    half a unit of its last digit to either side, for wording the interval of its words; a missing end is no limit.
    Doubles: of one figure printed more than once the finest print is kept, if all prints can be true together; else all are refused.
    """
    rows = rows.reindex(columns=list(PUBLISHED_COLUMNS)).reset_index(drop=True).astype(dict.fromkeys(PUBLISHED_COLUMNS[1:], "str"))
    for column in PUBLISHED_COLUMNS[1:]:
        rows[column] = rows[column].fillna("").str.strip()

    rows, corrections_told = corrected(rows, source.name)
    found = rows[["row_number"]].join(_meanings(rows, source))
    found["area"], found["area_kind"], no_area = _areas(rows["area"], source.area_codes)
    found["year"], no_year = _years(rows["year"])
    found["value"], decimals, no_value = _numbers(rows["value"])
    found["seen_in"] = rows["seen_in"].replace("", SeenIn.PUBLISHER)
    told_where = found["seen_in"].isin(list(SeenIn))
    not_told = _none(rows.index).mask(~told_where, "seen_in '" + rows["seen_in"] + "' is neither 'publisher' nor 'reported by others'")
    reason = _first(rows["problem"], found.pop("reason"), no_area, no_year, no_value, not_told)

    # Of a row that is refused it is told what it speaks of, as far as that could be read.
    told = found[KEY].mask(found[KEY].isin(["", 0]))
    accepted = reason == ""
    found, stated = found[accepted], rows[accepted]
    found = found.join(_intervals(found, stated, decimals[accepted], source.least_decimals))
    found["value"] = found.pop("exact").fillna(found["value"])
    out_of_range = _out_of_range(found, stated["value"])
    reason = reason.mask(out_of_range.reindex(reason.index, fill_value="") != "", out_of_range)

    found, stated = found[out_of_range == ""], stated[out_of_range == ""]
    found["printed"] = stated["printed"].mask(stated["printed"].isin(["", _FORM_ONLY]), stated["value"])
    found["nature"], notes = _told(stated["note"], stated["origin"], source.nature)
    found["nature"] = stated["nature"].str.casefold().map(_NATURES).astype("str").fillna(found["nature"])
    # What is counted or is a median of prices was not estimated by who prints it.
    measured = found["unit"].isin(["economies", "% of monthly GNI per capita"]) & (source.nature == Nature.ESTIMATE)
    found["nature"] = found["nature"].mask(measured, Nature.UNKNOWN)
    repaired = stated["repair"].mask(stated["repair"] != "", "repaired: " + stated["repair"])
    found["note"] = functools.reduce(_joined, [notes, found.pop("remark"), repaired, corrections_told.reindex(found.index)])
    double, also = _doubles(found)
    reason = reason.mask(double.reindex(reason.index, fill_value="") != "", double)

    found = found[double == ""].assign(source=source.name, vintage=vintage, published=published, snapshot=snapshot, licence=source.licence)
    found["note"] = _joined(found["note"], also.reindex(found.index, fill_value="")).replace("", None)
    refused = told.assign(row_number=rows["row_number"], reason=reason)[reason != ""]
    return conform("observations", found), refused.reset_index(drop=True)


def observations_and_quarantine(
    snapshots: pd.DataFrame, raw_rows: Callable[[str], pd.DataFrame], original_rows: Callable[[str, set[int]], Mapping[int, str]]
) -> dict[str, pd.DataFrame]:
    """Return the tables `observations` and `quarantine`: every row read is in one of them, once.

    Args:
        snapshots: The files read: snapshot, source, vintage, published, file.
        raw_rows: Gives the rows of a snapshot, by its name, in the columns of `PUBLISHED_COLUMNS`.
        original_rows: Gives rows of a snapshot as they are in its file, by its name and their numbers; called where rows are refused.
    """
    kept, refused = [], []
    for entry in snapshots.to_dict("records"):
        numbers, out = observations(
            raw_rows(str(entry["snapshot"])),
            source=sources()[str(entry["source"])],
            vintage=str(entry["vintage"]),
            published=str(entry["published"]),
            snapshot=str(entry["snapshot"]),
        )
        kept.append(numbers)
        refused.append(out.assign(snapshot=entry["snapshot"]))
    numbers, doubles = one_of_each(pd.concat(kept, ignore_index=True))
    out = pd.concat([*refused, doubles], ignore_index=True).merge(snapshots[["snapshot", "source", "vintage", "file"]], on="snapshot")
    raw: dict[tuple[str, int], str] = {}
    for name, rows in out.groupby("snapshot")["row_number"]:
        raw |= {(str(name), row): text for row, text in original_rows(str(name), set(rows.astype("int64"))).items()}
    out["raw"] = [raw[name, int(row)] for name, row in zip(out["snapshot"], out["row_number"], strict=True)]
    return {"observations": numbers, "quarantine": out}


def one_of_each(numbers: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep one of the numbers that several files of one vintage give for the same figure.

    Args:
        numbers: Rows of the `observations` contract, from any files.

    Returns:
        The numbers kept, and those that give way, with `snapshot`, `row_number`, KEY, `reason`. The most exact print is kept; if two files
        of one vintage cannot both be right, neither is.
    """
    doubled = numbers.duplicated([*KEY, "source", "vintage"], keep=False)
    if not doubled.any():
        return numbers, numbers.loc[[], ["snapshot", "row_number", *KEY]].assign(reason="")
    twice = numbers[doubled].assign(
        low=lambda row: row["lower"].fillna(-np.inf),
        high=lambda row: row["upper"].fillna(np.inf),
        width=lambda row: (row["high"] - row["low"]).round(9),
    )
    twice = twice.sort_values([*KEY, "source", "vintage", "width", "snapshot", "row_number"])
    figures = twice.groupby([*KEY, "source", "vintage"], sort=False)
    meet = figures["low"].transform("max") <= figures["high"].transform("min")
    places = twice["snapshot"] + " row " + twice["row_number"].astype("str")
    every = figures.ngroup().map(places.groupby(figures.ngroup()).agg(_listed))
    kept = places.groupby(figures.ngroup()).transform("first")
    reason = ("the same figure, printed no finer, as in " + kept).where(
        meet, every + " give different values for one figure of one vintage"
    )
    gives_way = twice[~meet | (places != kept)]
    refused = gives_way[["snapshot", "row_number", *KEY]].assign(reason=reason)
    return numbers.drop(gives_way.index).reset_index(drop=True), refused.sort_values(["snapshot", "row_number"], ignore_index=True)


def _first(*reasons: pd.Series) -> pd.Series:
    """Return the first reason of each row that is not empty."""
    first = reasons[0]
    for other in reasons[1:]:
        first = first.mask(first == "", other)
    return first


def _none(index: pd.Index) -> pd.Series:
    """Return an empty text for each row."""
    return pd.Series("", index=index, dtype="str")


def _joined(first: pd.Series, second: pd.Series) -> pd.Series:
    """Join two texts a row by a semicolon, where both say something."""
    return first.str.cat(second, sep="; ").str.removesuffix("; ").str.removeprefix("; ")


def _meanings(rows: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Tell what the series, unit and breakdown of each row mean, or why we do not know; each combination is looked up once."""
    combinations = rows[_SAID].drop_duplicates()
    meanings = pd.DataFrame([_meaning(source, *said) for said in combinations.itertuples(index=False)], columns=list(_UNKNOWN))
    return meanings.iloc[rows.groupby(_SAID, sort=False).ngroup()].set_axis(rows.index)


@functools.cache
def _series(publisher: str) -> dict[tuple[str, str], Meaning]:
    """Return what each series means, by its code in lower case and its unit."""
    return {(code.casefold(), unit): meaning for (code, unit), meaning in crosswalk(publisher).items()}


def _meaning(source: Source, series: str, family: str, unit: str, sex: str, locality: str, age: str) -> dict[str, object]:
    """Tell what one combination means: indicator, breakdown, base unit with the factor to it, a remark; or the reason it is refused."""
    known = _series(source.series)
    # One publisher spells one code in capitals here and in lower case there.
    code = series.casefold()
    meaning = known.get((code, "")) or known.get((code, unit))
    by_family = meaning is None and family in families(source.series)
    if by_family:
        meaning = Meaning(families(source.series)[family])
    if meaning is None:
        if any(other == code for other, _ in known):
            return _UNKNOWN | {
                "reason": f"series {series} is not in the catalogue with the unit '{unit}'; add it to indicators/registries/catalogue.toml"
            }
        named = f"{series} ({family})" if family else series
        return _UNKNOWN | {
            "reason": f"series {named} is not in the catalogue; add it to indicators/registries/catalogue.toml"
            if series
            else "no series stated"
        }
    among = {}
    for dimension, word in zip(DIMENSIONS, (sex, locality, age), strict=True):
        of_series, of_row = getattr(meaning, dimension), breakdown(dimension, word, meaning.indicator)
        if of_row is None:
            return _UNKNOWN | {
                "reason": f"{dimension} '{word}' is not known; add it to [breakdowns.{dimension}] of indicators/registries/catalogue.toml"
            }
        if ALL not in (of_series, of_row) and of_series != of_row:
            return _UNKNOWN | {"reason": f"series {series} is of {dimension} {of_series}, and the row says {of_row}; one of them is wrong"}
        among[dimension] = of_row if of_series == ALL else of_series
    if by_family and set(among.values()) == {ALL}:
        return _UNKNOWN | {"reason": f"series {series} is the survey's own total of {meaning.indicator}, which has a series of its own"}
    ours = indicators()[meaning.indicator].unit
    times = factor(ours, unit) if source.states_units else 1
    if times is None:
        return _UNKNOWN | {
            "reason": f"unit '{unit}' of series {series} is not known as {ours}; add it to [units] of indicators/registries/catalogue.toml"
        }
    remark = f"published unit: {unit}" if unit not in ("", ours) else ""
    return _UNKNOWN | among | {"indicator": meaning.indicator, "unit": ours, "factor": times, "remark": remark}


def _areas(codes: pd.Series, publisher: str) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return our area and its kind for each published code, and the reason where there is none."""
    known = areas_by_code(publisher)
    if publisher == BY_NUMBER:
        codes = codes.mask(codes.str.fullmatch("[0-9]{1,2}"), codes.str.zfill(3))
    area = codes.map({code: area for code, (area, _) in known.items()}).astype("str")
    kind = codes.map({code: kind for code, (_, kind) in known.items()}).astype("str")
    reason = ("area '" + codes + f"' is not known; add it to indicators/registries/area_codes.csv for the publisher {publisher}").mask(
        codes == "", "no area stated"
    )
    return area, kind, reason.mask(area.notna(), "")


def _years(years: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the years as numbers (0 where there is none), and the reason where there is none."""
    number = years.where(years.str.fullmatch("[0-9]{4}"), "0").astype("int64")
    reason = _none(years.index).mask(
        ~number.between(FIRST_YEAR, LAST_YEAR), "year '" + years + f"' is not a year from {FIRST_YEAR} to {LAST_YEAR}"
    )
    return number, reason


def _numbers(texts: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return the numbers of texts (missing where there is none), their decimals as printed, and the reason where there is none."""
    spaced = texts.str.fullmatch(_IN_THOUSANDS.pattern)
    plain = texts.mask(spaced, texts.str.replace(r"\s", "", regex=True)) if spaced.any() else texts
    is_number = plain.str.fullmatch(_NUMBER.pattern)
    value = plain.where(is_number, "nan").astype("float64")
    digits = plain.where(is_number, "0").str.extract(r"(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$")
    decimals = digits[0].str.len().fillna(0).astype("int64") - digits[1].fillna("0").astype("int64")
    reason = _none(texts.index).mask(~is_number, "value '" + texts + "' is not a single number")
    reason = reason.mask(
        texts.str.lower().isin(_NO_VALUE), ("no value stated ('" + texts + "')").replace("no value stated ('')", "no value stated")
    )
    return value, decimals, reason.mask(np.isinf(value), "value '" + texts + "' is too large to be a figure")


def _intervals(found: pd.DataFrame, stated: pd.DataFrame, decimals: pd.Series, least_decimals: int) -> pd.DataFrame:
    """Return what the printed forms allow, in base units, as `lower`, `upper`; and `exact`, the value where a factor made it.

    Bare numbers in base units, which are the many, go all at once. A count is whole, even where "1399.0" or "6.698259E8" is printed.
    """
    digits = decimals.clip(lower=least_decimals, upper=30).mask(_of_indicator(found, "is_counted") == 1, 0)
    half = 0.5 * 10.0**-digits
    ends = pd.DataFrame(
        {"lower": _rounded(found["value"] - half, digits + 1), "upper": _rounded(found["value"] + half, digits + 1), "exact": np.nan}
    )

    in_words = (stated["printed"] != "") | (found["factor"] != 1)
    if in_words.any():
        words = stated.loc[in_words, ["printed", "value"]].assign(unit=found["unit"], published=stated["unit"], factor=found["factor"])
        read = {said: _worded(*said) for said in words.drop_duplicates().itertuples(index=False, name=None)}
        ends.loc[in_words, ["lower", "upper", "exact"]] = [read[said] for said in words.itertuples(index=False, name=None)]
    ends["lower"] = ends["lower"].clip(lower=_of_indicator(found, "floor"))
    ends["upper"] = ends["upper"].clip(upper=_of_indicator(found, "ceiling"))
    return ends


def _of_indicator(found: pd.DataFrame, attribute: str) -> pd.Series:
    """Return an attribute of each row's indicator as a number, missing where it has none."""
    return found["indicator"].map({name: getattr(indicator, attribute) for name, indicator in indicators().items()}).astype("float64")


def _rounded(values: pd.Series, digits: pd.Series) -> pd.Series:
    """Round each value to its own number of digits, to take off what binary arithmetic put on."""
    rounded = values.copy()
    for count in digits.unique():
        same = digits == count
        rounded[same] = values[same].round(count)
    return rounded


def _worded(printed: str, value: str, unit: str, published: str, times: int) -> tuple[float, float, float]:
    """Return the interval of one wording and its value, in base units; an open end is missing."""
    figure = Decimal(re.sub(r"\s", "", value))
    # The grammar knows shares as "%" and reads numerals in the scale of the published unit.
    allowed = interval(printed or value, figure, unit if times == 1 else published)
    lower, upper = (np.nan if end is None else float(end * times) for end in (allowed.lower, allowed.upper))
    return lower, upper, float(figure * times)


def _out_of_range(found: pd.DataFrame, texts: pd.Series) -> pd.Series:
    """Return the reason where a value cannot be, such as a share above 100; such values are neither kept nor cut off."""
    reason = _none(found.index)
    reason = reason.mask(
        found["value"] < _of_indicator(found, "floor"),
        "value " + texts + " is below 0, which " + found["indicator"] + " cannot be; ask the publisher",
    )
    return reason.mask(
        found["value"] > _of_indicator(found, "ceiling"),
        "value " + texts + " is above 100, which " + found["indicator"] + " cannot be; ask the publisher",
    )


def _told(notes: pd.Series, origins: pd.Series, default: str) -> tuple[pd.Series, pd.Series]:
    """Return who measured and what is told about it, one line each; each pair of note and origin is read once.

    Only where the source's rows name their own origin (its default is then "country") does the text decide who measured.
    """
    pairs = list(zip(notes, origins, strict=True))
    natures, texts = {}, {}
    for pair in dict.fromkeys(pairs):
        note, origin = (" ".join(text.split()) for text in pair)
        natures[pair] = _nature(note, origin) if default == Nature.COUNTRY else default
        damaged = "text damaged as published" if _DAMAGE.search(note + origin) else ""
        texts[pair] = "; ".join(part for part in (note, origin and f"source: {origin}", damaged) if part)
    nature = pd.Series([natures[pair] for pair in pairs], index=notes.index, dtype="str")
    return nature, pd.Series([texts[pair] for pair in pairs], index=notes.index, dtype="str")


def _nature(note: str, origin: str) -> Nature:
    """Return who measured, from note and origin; an estimate that a country's body made is the country's.

    >>> [_nature(*texts).value for texts in (("", "SITTEL. ITU estimate."), ("Country estimate.", "Telecom Egypt"), ("Aged 16-74.", ""))]
    ['estimate', 'country', 'unknown']
    """
    note, origin = note.casefold(), origin.casefold()
    if _ITU_ESTIMATE.search(note) or _ITU_ESTIMATE.search(origin):
        return Nature.ESTIMATE
    return Nature.UNKNOWN if not origin or _ITU_ALONE.fullmatch(origin) else Nature.COUNTRY


def _doubles(found: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return why a row gives way to another of the same key, and what to add to the note of a row that stays."""
    double, also = _none(found.index), _none(found.index)
    twice = found[found.duplicated(KEY, keep=False)]
    if twice.empty:
        return double, also
    # Finest print first, then the one seen at the publisher; the rest only makes the choice the same in every order of rows.
    order = twice.assign(
        lower=twice["lower"].fillna(-np.inf), upper=twice["upper"].fillna(np.inf), width=lambda row: row["upper"] - row["lower"]
    ).sort_values([*KEY, "width", "seen_in", "value", "printed", "note", "row_number"])
    figures = order.groupby(KEY, sort=False)
    figure = figures.ngroup()
    meet = figures["lower"].transform("max") <= figures["upper"].transform("min")
    gives_way, repeated = order.duplicated(KEY), order.duplicated([*KEY, "value", "lower", "upper"])
    kept = figures["row_number"].transform("first").astype("str")
    reason = (
        ("coarser print of the same figure, kept row " + kept)
        .mask(repeated, "the same figure again, kept row " + kept)
        .where(gives_way, "")
    )

    coarser, apart = meet & gives_way & ~repeated, ~meet
    prints = order.loc[coarser, "printed"].groupby(figure[coarser]).agg(_listed)
    remark = ("also printed as " + figure.map(prints).astype("str")).where(meet & ~gives_way, "").fillna("")
    numbers = order.loc[apart, "row_number"].sort_values().astype("str").groupby(figure[apart]).agg(_listed)
    conflict = "rows " + figure.map(numbers).astype("str") + " give different values for one figure; ask the publisher which holds"
    double.loc[order.index] = reason.where(meet, conflict)
    also.loc[order.index] = remark
    return double, also


def _listed(texts: pd.Series) -> str:
    """List the first few different texts of a group."""
    distinct = list(dict.fromkeys(texts))
    return ", ".join(distinct[:5]) + (" …" if len(distinct) > 5 else "")
