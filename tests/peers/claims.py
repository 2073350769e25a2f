"""Sentences judged by our grammar and by general claim checkers, against labels worked out by hand.

Ours is given by hand the words that carry a figure and their quantity, as `resolution.toml` gives it for the resolution's own
statements. The others find the figures themselves; each is given the very value that the words are about, derived where the sentence
derives it, and in the sentence's own words where it reads prose.
"""

import re
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd

from indicators.wording.grammar import interval, printed
from indicators.wording.intervals import Interval

SENTENCES = Path(__file__).parent / "sentences.toml"

PASSED, FLAGGED, OPEN, UNCHECKED, FELL = "passed", "flagged", "undetermined", "not checked", "fell over"


@dataclass(frozen=True)
class Figure:
    """Words of a sentence that carry a figure, what they say, and the evidence on it."""

    words: str
    says: str
    unit: str
    of: str
    values: tuple[str, ...]
    derived: str = ""

    @property
    def evidence(self) -> Interval:
        """The true values that the printed evidence allows."""
        first, *others = [printed(Decimal(value), len(value.partition(".")[2])) for value in self.values]
        match self.derived:
            case "":
                return first
            case "complement":
                return first.complement()
            case "ratio":
                return first.over(others[0])
            case "growth":
                times = first.over(others[0])
                return Interval(100 * times.lower - 100, 100 * times.upper - 100)
            case "difference":
                return Interval(first.lower - others[0].upper, first.upper - others[0].lower)
            case _:
                raise ValueError(f"{self.words!r}: nothing is derived as {self.derived!r}")

    @property
    def value(self) -> Decimal:
        """The evidence as one number: the printed value, or the middle of what the printed values allow, to two decimals."""
        if not self.derived:
            return Decimal(self.values[0])
        if self.derived == "complement":
            return 100 - Decimal(self.values[0])
        return round((self.evidence.lower + self.evidence.upper) / 2, 2)

    @property
    def shown(self) -> str:
        """The evidence as a checker of prose reads it best."""
        return f"{self.value}%" if self.unit == "%" else f"{self.value} {self.unit}"


@dataclass(frozen=True)
class Sentence:
    """A sentence, its label, and its figures."""

    text: str
    label: str
    why: str
    held_out: bool
    figures: tuple[Figure, ...]

    @property
    def evidence(self) -> str:
        """The sentence with the evidence in the place of the words that carry figures."""
        text = self.text
        for figure in self.figures:
            text = text.replace(figure.words, figure.shown, 1)
        return text


def sentences() -> list[Sentence]:
    """Return the labelled sentences."""
    found = tomllib.loads(SENTENCES.read_text("utf-8"))["sentence"]
    return [Sentence(**{**entry, "figures": tuple(_figure(figure) for figure in entry["figures"])}) for entry in found]


def _figure(entry: dict) -> Figure:
    return Figure(**{**entry, "values": tuple(entry["values"])})


def ours(sentence: Sentence) -> str:
    """Judge each figure by the interval of its words; one that cannot be condemns the sentence."""
    stated = [(interval(figure.words, Decimal(figure.says), figure.unit), figure.evidence) for figure in sentence.figures]
    if not all(claim.meets(evidence) for claim, evidence in stated):
        return FLAGGED
    return PASSED if all(claim.holds(evidence) for claim, evidence in stated) else OPEN


def with_signs(text: str) -> str:
    """Write per cent as a sign, which checkers read best."""
    return re.sub(r"\s*\bper cent\b", "%", text)


def _figured(sentence: Sentence, text: str, **policy: float) -> str:
    from figured import trace

    scales = {"million": 10**6, "billion": 10**9}
    rows = [{"quantity": figure.of, "value": float(figure.value * scales.get(figure.unit, 1))} for figure in sentence.figures]
    report = trace(text, rows, **policy)
    return UNCHECKED if not report.checked else PASSED if report.ok else FLAGGED


def _quantguard(sentence: Sentence, text: str, *, tolerance: float) -> str:
    from quantguard import QuantitativeGuard

    result = QuantitativeGuard(tolerance=tolerance).verify(text, [sentence.evidence])
    return UNCHECKED if not result.results else PASSED if result.is_valid else FLAGGED


def _onus(sentence: Sentence, text: str) -> str:
    from onus import engine
    from onus.evidence import load
    from onus.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "sentence.md"
        document.write_text(text, "utf-8")
        result = engine.check(document, load(texts=[sentence.evidence]), Settings(llm=False))
    return UNCHECKED if not result.claims else FLAGGED if result.findings else PASSED


Checker = Callable[[Sentence, str], str]


def _settings() -> dict[str, dict[str, Checker]]:
    """Return each checker at each setting tried."""

    def figured(relative: float, points: float, least: float) -> Checker:
        return lambda sentence, text: _figured(sentence, text, rel_tolerance=relative, abs_tolerance=points, ignore_below=least)

    def quantguard(tolerance: float) -> Checker:
        return lambda sentence, text: _quantguard(sentence, text, tolerance=tolerance)

    return {
        "figured": {
            f"within {relative:.1%} and {points}, above {least}": figured(relative, points, least)
            for relative, points in ((0.0, 0.5), (0.005, 0.0), (0.015, 0.0), (0.015, 0.5), (0.05, 0.0))
            for least in (0, 10, 100)
        },
        "rag-quantguard": {f"within {t:.1%}": quantguard(t) for t in (0.0, 0.01, 0.05)},
        "onus": {"without a model": _onus},
    }


def rates(labels: list[str], outcomes: list[str]) -> dict[str, float]:
    """Return what matters of outcomes against labels.

    Returns:
        recall: the part of false sentences that is flagged; false_alarms: the part of true ones that is; unchecked: the part of all
        sentences of which nothing is checked, the checker falling over included; settled: the part of true and false ones that is
        judged rightly, a true sentence by being passed; overreached: the part of undecidable ones that is passed or flagged nonetheless.
    """
    pairs = pd.DataFrame({"label": labels, "outcome": outcomes})
    of = {label: pairs.loc[pairs["label"] == label, "outcome"] for label in ("true", "false", "undecidable")}
    right = (of["true"] == PASSED).sum() + (of["false"] == FLAGGED).sum()
    return {
        "recall": float((of["false"] == FLAGGED).mean()),
        "false_alarms": float((of["true"] == FLAGGED).mean()),
        "unchecked": float(pairs["outcome"].isin([UNCHECKED, FELL]).mean()),
        "settled": float(right / (len(of["true"]) + len(of["false"]))),
        "overreached": float(of["undecidable"].isin([PASSED, FLAGGED]).mean()),
    }


def judged(labelled: list[Sentence]) -> dict[str, list[str]]:
    """Return the outcome for each sentence by who judges, each other checker at the setting that suits it best on these sentences.

    A checker that is not installed is left out. Each is tried on the sentences as they stand and with per cent as a sign.
    """
    labels = [sentence.label for sentence in labelled]
    found = {"ours": [ours(sentence) for sentence in labelled]}
    for name, settings in _settings().items():
        for spelling, spell in (("as written", str), ("with % signs", with_signs)):
            tried = {}
            for setting, check in settings.items():
                try:
                    tried[setting] = [_outcome(check, sentence, spell(sentence.text)) for sentence in labelled]
                except ImportError:
                    break
            if tried:
                best = max(tried, key=lambda setting: _balance(labels, tried[setting]))
                found[f"{name}, {spelling} ({best})"] = tried[best]
    return found


def _outcome(check: Checker, sentence: Sentence, text: str) -> str:
    """Return what a checker says, or that it fell over."""
    try:
        return check(sentence, text)
    except ImportError:
        raise
    except Exception:  # whatever a package of others raises is its result here
        return FELL


def _balance(labels: list[str], outcomes: list[str]) -> float:
    found = rates(labels, outcomes)
    return found["recall"] - found["false_alarms"]
