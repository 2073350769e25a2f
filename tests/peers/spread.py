"""Gini and Theil of weighted values: ours and other packages' against sums in whole numbers, which lose nothing."""

import math
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pandas as pd

from indicators.measures.inequality import inequality

#: Populations whose sum squared passes what int64 holds, with the shares of people reached.
OVERFLOWING = ([90.6, 64.9, 93.1], [1_400_000_000, 1_440_000_000, 340_000_000])

#: Values are given to so many decimals, so that they are whole numbers of the last.
DECIMALS = 4

#: What needs no package.
PLAIN = "the formula in numpy"

#: Every pair of more units than this does not fit in memory.
MOST_PAIRWISE = 5_000

Measure = Callable[[np.ndarray, np.ndarray], float]


def exact_gini(values: list[Fraction] | list[int], weights: list[int]) -> Fraction:
    """Return `sum_ij w_i w_j |x_i - x_j| / (2 W sum_i w_i x_i)` in whole numbers, by one pass over the sorted values."""
    below, sum_below, apart = 0, Fraction(0), Fraction(0)
    for value, weight in sorted(zip(values, weights, strict=True)):
        apart += weight * (value * below - sum_below)
        below += weight
        sum_below += weight * value
    return apart / (below * sum_below)


def exact_theil(values: list[int], weights: list[int]) -> float:
    """Return `sum_i w_i x_i ln(x_i / mu) / sum_i w_i x_i`, summed without loss."""
    total, people = sum(w * x for x, w in zip(values, weights, strict=True)), sum(weights)
    shares = ((Fraction(w * x, total), Fraction(x * people, total)) for x, w in zip(values, weights, strict=True) if x)
    return math.fsum(float(share) * math.log(relative) for share, relative in shares)


def ours(values: np.ndarray, weights: np.ndarray) -> dict[str, float]:
    """Return what `inequality.inequality` makes of the units, its tables of many columns and measures included."""
    names = pd.Series(np.arange(len(values)).astype("str"))
    reported = pd.DataFrame({"iso3": names, "year": 2023, "value": values, "source": "s", "vintage": "1", "indicator": "share"})
    reported = reported.assign(sex="all", locality="all", age="all")
    people = pd.DataFrame({"iso3": names, "year": 2023, "locality": "all", "people": weights})
    members = pd.DataFrame(columns=["scheme", "membership", "group_name", "iso3", "year"])
    incomes = pd.DataFrame(columns=["iso3", "year", "income", "ranked_by"])
    found = inequality(reported, people, members, incomes, pd.Series({"share": 100.0}))
    return found.set_index("measure")["value"].to_dict()


def plain_gini(values: np.ndarray, weights: np.ndarray) -> float:
    """Return the Gini as the formula reads in numpy, in whatever type the weights come: int64 overflows without a word."""
    apart = (weights[:, None] * weights * np.abs(values[:, None] - values)).sum()
    return float(apart / (2 * np.average(values, weights=weights) * weights.sum() ** 2))


def peers() -> dict[str, dict[str, Measure]]:
    """Return Gini and Theil as one writes them oneself, and of each other package that is installed."""
    found: dict[str, dict[str, Measure]] = {PLAIN: {"gini": plain_gini}}
    try:
        from ineqpy import inequality as ineqpy
    except ImportError:
        pass
    else:
        found["ineqpy"] = {
            "gini": lambda x, w: float(ineqpy.gini(x, weights=w)),
            "theil": lambda x, w: float(ineqpy.theil(x, weights=w)),
        }
    try:
        from inequality.gini import Gini
        from inequality.theil import Theil
    except ImportError:
        pass
    else:
        found["inequality"] = {"gini": lambda x, _: float(Gini(x).g), "theil": lambda x, _: float(Theil(x).T)}
    try:
        from microdf import MicroSeries
    except ImportError:
        pass
    else:
        found["microdf-python"] = {"gini": lambda x, w: float(MicroSeries(x, weights=w).gini())}
    try:
        from inequalipy import gini
    except ImportError:
        pass
    else:
        found["inequalipy"] = {"gini": lambda x, w: float(gini(x, weights=w))}
    return found


def drawn(units: int) -> tuple[np.ndarray, np.ndarray]:
    """Return shares of people reached and populations of so many made-up units, always the same."""
    generator = np.random.default_rng(80_173)
    values = np.round(100 * generator.beta(3, 1.5, units), DECIMALS)
    return values, np.maximum(generator.lognormal(15.5, 2, units), 1000).astype("int64")


def whole(values: np.ndarray) -> list[int]:
    """Return values as whole numbers of their last decimal."""
    return [round(float(value) * 10**DECIMALS) for value in values]


def timed(call: Callable[[], object], rounds: int = 3) -> tuple[object, float]:
    """Return what a call returns, and its best wall time in milliseconds."""
    best, result = math.inf, None
    for _ in range(rounds):
        started = time.perf_counter()
        result = call()
        best = min(best, time.perf_counter() - started)
    return result, 1000 * best


def compared(values: np.ndarray, weights: np.ndarray) -> pd.DataFrame:
    """Return each package's Gini and Theil beside the exact ones, a row a package, with the milliseconds it took."""
    numbers, people = whole(values), [int(weight) for weight in weights]
    rows = [{"who": "exact sum", "gini": float(exact_gini(numbers, people)), "theil": exact_theil(numbers, people)}]
    found, spent = timed(lambda: ours(values, weights))
    rows.append({"who": "ours", "gini": found["gini"], "theil": found["theil"], "ms": spent})
    for name, measures in peers().items():
        row = {"who": name}
        if name == PLAIN and len(values) > MOST_PAIRWISE:
            continue
        for measure, call in measures.items():
            try:
                row[measure], spent = timed(lambda call=call: call(values, weights))
            except Exception as error:  # whatever a package of others raises is its result here
                row["refused"] = f"{measure}: {type(error).__name__}: {error}"
            else:
                row["ms"] = row.get("ms", 0.0) + spent
        rows.append(row)
    return pd.DataFrame(rows).set_index("who")
