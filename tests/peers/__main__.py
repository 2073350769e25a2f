"""What a user would pick instead, beside ours: rules for missing members, inequality, and checkers of claims.

python -m tests.peers
"""

import importlib.metadata
import platform
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from tests.peers import aggregation, claims, spread

#: The benchmark of the method note: 23 members, with large ones without data for years.
REGION = "Middle East, North Africa, Afghanistan & Pakistan"


HERE = Path(__file__).parent


def table(console: Console, title: str, columns: list[str], rows: list[list[object]]) -> None:
    """Print a table; numbers stand right."""
    shown = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for number, column in enumerate(columns):
        shown.add_column(column, justify="left" if number == 0 else "right", no_wrap=True)
    for row in rows:
        shown.add_row(*(_written(cell) for cell in row))
    console.print(shown)
    console.print()


def _written(cell: object) -> str:
    if isinstance(cell, float):
        return "-" if np.isnan(cell) else f"{cell:.5f}"
    return str(cell)


def installed(console: Console) -> None:
    """Print which peers are there, in which version, and why one is not."""
    refused = Path(sys.prefix) / "refused"
    reasons = dict(line.split(":", 1) for line in refused.read_text("utf-8").splitlines()) if refused.exists() else {}
    rows: list[list[object]] = []
    for line in (HERE / "requirements.txt").read_text("utf-8").splitlines():
        requirement, _, what = line.partition("#")
        name, _, wanted = requirement.strip().partition("==")
        if not name:
            continue
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            version = f"not installed: {reasons.get(requirement.strip(), 'run make peers')[-200:]}"
        rows.append([name, wanted, version, what.strip()])
    table(console, "Peers", ["package", "wanted", "installed", "licence: what it is"], rows)


def aggregation_report(console: Console, held: dict[str, pd.DataFrame]) -> None:
    """Print the errors of each rule against every published group figure whose members are held."""
    figures = aggregation.published_figures(held)
    same = figures[figures["members_are"] == "of the same vintage"]
    use = same[same["indicator"] == "individuals_using_internet"]
    coverage = use["lower"] / use["renormalised"]
    apart = figures[figures["members_are"] != "of the same vintage"]
    sets = {
        f"Internet use, {REGION}, 2007-2024": use[use["vintage"] == "2026-07-13"],
        "Internet use, all groups of the World Development Indicators": use,
        "  of these, members with less than two thirds of the people reported": use[coverage < 2 / 3],
        "  of these, from two thirds to 95 per cent": use[(coverage >= 2 / 3) & (coverage < 0.95)],
        "  of these, 95 per cent and more": use[coverage >= 0.95],
        "mobile-cellular subscriptions per 100 people": same[same["indicator"] == "mobile_cellular_subscriptions"],
        "fixed-broadband subscriptions per 100 people": same[same["indicator"] == "fixed_broadband_subscriptions"],
        "Facts and Figures, Internet use, against members of other editions": apart[apart["indicator"] == "individuals_using_internet"],
    }
    rows: list[list[object]] = []
    for name, found in sets.items():
        inside = aggregation.held_by_bounds(found)
        rows.append([f"[bold]{name}[/]", "", "", "", f"{inside.sum()} of {len(found)} in the hard bounds"])
        for rule, errors in aggregation.summary(found).iterrows():
            numbers = [f"{errors[column]:.2f}" for column in ("mean", "median", "worst")]
            rows.append([f"    {rule}{' (ours)' if rule == aggregation.RULES[-1] else ''}", *numbers, f"{errors['n']:.0f}"])
    title = "Absolute error against published group figures, points (subscriptions: per 100 people)"
    table(console, title, ["rule", "mean", "median", "worst", "figures"], rows)


def spread_report(console: Console, held: dict[str, pd.DataFrame]) -> None:
    """Print Gini and Theil of each package beside exact sums."""
    values, people = held["values_as_printed"], held["people"]
    values = values[(values["indicator"] == "individuals_using_internet") & (values["locality"] == "all") & (values["year"] == 2023)]
    newest = values[values["vintage"] == values["vintage"].max()].merge(people[people["locality"] == "all"], on=["iso3", "year"])
    economies = newest["value"].to_numpy("float64"), newest["people"].to_numpy("int64")
    cases = {
        f"{len(newest)} economies, Internet use 2023, vintage {newest['vintage'].iloc[0]}": economies,
        "values 1 and 3 with weights 1 and 3": (np.array([1.0, 3.0]), np.array([1, 3])),
        "three economies whose people squared overflow int64": tuple(map(np.array, spread.OVERFLOWING)),
        "200 made-up units": spread.drawn(200),
        "100,000 made-up units": spread.drawn(100_000),
    }
    rows: list[list[object]] = []
    for name, (shares, weights) in cases.items():
        rows.append([f"[bold]{name}[/]", "", "", "", ""])
        for who, found in spread.compared(shares, weights).iterrows():
            refused = found.get("refused")
            stated = "" if refused is None or pd.isna(refused) else str(refused)[:60]
            rows.append(
                [f"    {who}", float(found["gini"]), float(found["theil"]), "-" if np.isnan(found["ms"]) else f"{found['ms']:.2f}", stated]
            )
    table(console, "Gini and Theil, populations in int64", ["who", "Gini", "Theil", "ms", ""], rows)


def claims_report(console: Console) -> None:
    """Print how well each checker does on the labelled sentences, and what ours gets wrong."""
    labelled = claims.sentences()
    outcomes = claims.judged(labelled)
    for title, wanted in (("All sentences", (True, False)), ("Held out", (True,)), ("Written after reading the grammar", (False,))):
        chosen = [number for number, sentence in enumerate(labelled) if sentence.held_out in wanted]
        labels = [labelled[number].label for number in chosen]
        rows: list[list[object]] = []
        for who, all_of_them in outcomes.items():
            found = claims.rates(labels, [all_of_them[number] for number in chosen])
            rows.append([who, *(f"{100 * rate:.0f} %" for rate in found.values())])
        counts = ", ".join(f"{labels.count(label)} {label}" for label in ("true", "false", "undecidable"))
        columns = ["who", "false ones flagged", "true ones flagged", "not checked", "judged rightly", "undecidable ones decided"]
        table(console, f"{title}: {len(chosen)} ({counts})", columns, rows)
    for who, all_of_them in outcomes.items():
        if claims.FELL in all_of_them:
            console.print(f"{who} fell over on {all_of_them.count(claims.FELL)} sentences, counted as not checked")
    console.print(
        "Ours is given by hand the words that carry a figure and the quantity, as for the resolution itself; the others find figures\n"
        "themselves, are given the very value in the sentence's own words, and have the setting that suits them best on these sentences.\n"
    )
    right = {"true": claims.PASSED, "false": claims.FLAGGED, "undecidable": claims.OPEN}
    missed = [
        [sentence.text, sentence.label, outcome]
        for sentence, outcome in zip(labelled, outcomes["ours"], strict=True)
        if outcome != right[sentence.label]
    ]
    table(console, "What ours gets wrong", ["sentence", "label", "ours"], missed)


def main() -> None:
    """Print the report."""
    warnings.simplefilter("ignore")
    console = Console(width=150, highlight=False)
    stated = f"{platform.python_implementation()} {platform.python_version()}, pandas {pd.__version__}, numpy {np.__version__}"
    console.print(f"{stated}; every figure is made from the embedded vintages\n")
    installed(console)
    held = aggregation.tables()
    aggregation_report(console, held)
    spread_report(console, held)
    claims_report(console)


if __name__ == "__main__":
    main()
