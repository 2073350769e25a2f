"""The key tables worked out a second time, in plain Python, one figure after the other, and held against every row that the build makes.

Nothing here comes from `indicators`: the formulas are written again from the method note, in the order of its words rather than for speed.
What both start from are the observations, the lists of members and the ceilings of the indicators.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise, permutations, product
from typing import Any

import numpy as np
import pytest

from indicators.contracts.declarations import Layer
from pipelines.snapshots import SnapshotStore
from pipelines.warehouse import build_tables, register
from pipelines.warehouse.database import Warehouse
from pipelines.warehouse.parameters import Build

KEYS = ["indicator", "area", "iso3", "year", "locality", "sex", "group_name", "membership", "member_list", "vintage", "rule", "measure"]
REST = "rest of the world"


@dataclass
class Facts:
    """What everything is worked out from."""

    warehouse: Warehouse
    ceiling: dict[str, float | None] = field(default_factory=dict)
    better: dict[str, str] = field(default_factory=dict)
    averaged: set[str] = field(default_factory=set)
    people: dict[tuple[str, int, str], float] = field(default_factory=dict)
    members: dict[tuple[str, str, str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    scheme: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, str, str, str], dict[str, dict[int, float]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )

    def rows(self, table: str, where: str = "true") -> list[dict[str, Any]]:
        """Return the rows of a table, with None where there is nothing."""
        found = self.warehouse.query(f'select * from "{table}" where {where}').astype("object")
        return found.where(found.notna(), None).to_dict("records")

    def counted(self, economies: set[str], year: int, locality: str) -> dict[str, float]:
        """Return the people of those economies that have any."""
        found = {iso3: self.people.get((iso3, year, locality), 0) for iso3 in economies}
        return {iso3: n for iso3, n in found.items() if n > 0}


@pytest.fixture(scope="module")
def facts(embedded_warehouse) -> Facts:
    with embedded_warehouse.held():
        build_tables.make(Build(embedded_warehouse, SnapshotStore()), *register.tables(Layer.MEASURES))
        return gathered(embedded_warehouse)


def gathered(warehouse: Warehouse) -> Facts:
    """Read what the figures are worked out from; all populations are of the one vintage that is held."""
    facts = Facts(warehouse)
    for row in facts.rows("indicators"):
        facts.ceiling[row["indicator"]], facts.better[row["indicator"]] = row["ceiling"], row["better"]
        if row["aggregation"] == "mean over people":
            facts.averaged.add(row["indicator"])
    urban, world, named = {}, {}, defaultdict(float)
    for row in facts.rows("observations", "indicator in ('population', 'urban_share')"):
        place = row["area"], row["year"]
        if row["indicator"] == "urban_share":
            urban[place] = row["value"] / 100
        elif row["area_kind"] == "economy":
            facts.people[(*place, "all")] = row["value"]
            named[row["year"]] += row["value"]
        elif row["area"] == "world":
            world[row["year"]] = row["value"]
    for (iso3, year, _), n in list(facts.people.items()):
        facts.people[iso3, year, "urban"] = n * urban[iso3, year]
        facts.people[iso3, year, "rural"] = n * (1 - urban[iso3, year])
    for year, total in world.items():
        if total > named[year]:
            facts.people[REST, year, "all"] = total - named[year]
    facts.scheme = {row["group_name"]: row["scheme"] for row in facts.rows("groups")}
    unions = [(row["scheme"], row["group_name"], part) for row in facts.rows("groups") for part in (row["union_of"] or "").split(", ")]
    for row in facts.rows("memberships"):
        in_groups = [(row["scheme"], row["group_name"]), *((scheme, whole) for scheme, whole, part in unions if part == row["group_name"])]
        for (scheme, group), year in product(in_groups, world):
            since, until = row["valid_from"] or "0000", row["valid_to"] or "9999"
            if since <= f"{year}-12-31" < until:
                facts.members[scheme, "in force", group, year].add(row["iso3"])
            if row["valid_to"] is None:
                facts.members[scheme, "latest", group, year].add(row["iso3"])
    for year in world:
        for which in ("in force", "latest"):
            facts.members["world", which, "world", year].add(REST)
    for row in facts.rows("observations", "area_kind = 'economy' and sex = 'all' and age = 'all'"):
        if row["indicator"] in facts.averaged:
            series = row["source"], row["vintage"], row["indicator"], row["locality"]
            facts.values[series][row["area"]][row["year"]] = row["value"]
    return facts


def known(values: dict[int, float], year: int) -> float | None:
    """Rule two: the year's own value, else between two others, else the last one before it."""
    before, after = [y for y in values if y <= year], [y for y in values if y >= year]
    if not before:
        return None
    if not after:
        return values[max(before)]
    first, last = max(before), min(after)
    return values[first] if first == last else values[first] + (values[last] - values[first]) * (year - first) / (last - first)


def mean(people: dict[str, float], values: dict[str, float]) -> float:
    return sum(n * values[iso3] for iso3, n in people.items()) / sum(people.values())


def standing(coverage: float) -> str:
    return "published" if coverage >= 2 / 3 - 1e-12 else "indicative" if coverage >= 1 / 2 - 1e-12 else "not published"


def assert_same(row: dict[str, Any], dust: float = 1e-9, **worked_out: Any) -> None:
    """Hold what was worked out against the row; they may differ by the dust of sums, in the unit of the figure, and by as little of it."""
    for name, figure in worked_out.items():
        held = row[name]
        if isinstance(figure, str) or figure is None or held is None:
            same = figure == held
        else:
            same = abs(figure - held) <= dust + 1e-9 * abs(figure)
        assert same, f"{name}: worked out {figure}, in the table {held}, of { {key: row[key] for key in KEYS if key in row} }"


def test_every_group_figure(facts):
    rows = facts.rows("aggregates")
    stated = {
        (r["source"], r["vintage"], r["indicator"], r["locality"], r["membership"], r["group_name"], r["year"], r["rule"]) for r in rows
    }
    filled = {}
    expected = set()
    for series, of_economy in facts.values.items():
        reported = {year for values in of_economy.values() for year in values}
        filled[series] = {(c, y): known(values, y) for c, values in of_economy.items() for y in range(min(reported), max(reported) + 1)}
        for (_, membership, group, year), economies in facts.members.items():
            people = facts.counted(economies, year, series[3])
            if min(reported) <= year <= max(reported) and people:
                expected.add((*series, membership, group, year, "hard bounds"))
                if any(year in of_economy.get(c, {}) for c in people):
                    expected.add((*series, membership, group, year, "renormalised"))
                if any(filled[series].get((c, year)) is not None for c in people):
                    expected.add((*series, membership, group, year, "interpolate and carry"))
    assert stated == expected
    for row in rows:
        series, year = (row["source"], row["vintage"], row["indicator"], row["locality"]), row["year"]
        ceiling = facts.ceiling[row["indicator"]]
        people = facts.counted(facts.members[row["scheme"], row["membership"], row["group_name"], year], year, row["locality"])
        total = sum(people.values())
        values = {c: facts.values[series][c][year] for c in people if year in facts.values[series].get(c, {})}
        report = {c: people[c] for c in values}
        coverage = sum(report.values()) / total
        lower = sum(n * values[c] for c, n in report.items()) / total
        assert_same(row, n_members=len(people), n_reporting=len(values), coverage=coverage, publishable=standing(coverage), lower=lower)
        assert_same(row, upper=None if ceiling is None else lower + ceiling * (1 - coverage), population=total)
        if row["rule"] == "renormalised":
            assert_same(row, value=mean(report, values), people=None)
        elif row["rule"] == "interpolate and carry":
            own = {c: p for c in people if (p := filled[series].get((c, year))) is not None}
            have = {c: people[c] for c in own}
            reached = None if ceiling is None else sum(n * own[c] / ceiling for c, n in have.items())
            assert_same(row, value=mean(have, own), n_filled=len(own) - len(values), people=reached)
        else:
            assert_same(row, value=None)


def test_every_gap_between_two_printed_shares(facts):
    keys = ("indicator", "area", "year", "sex", "locality", "age", "source", "vintage")
    printed = {tuple(row[key] for key in keys): row for row in facts.rows("observations")}
    for row in facts.rows("gaps", "basis = 'published' and among = 'all'"):
        sides = []
        for side in (row["side_a"], row["side_b"]):
            cell = {**row, "sex": "all", "locality": "all", "age": "all"}
            cell["area" if row["divide"] == "income" else row["divide"]] = side
            sides.append(printed[tuple(cell[key] for key in keys)])
        a, b = (side["value"] for side in sides)
        ends = [(side["lower"], side["upper"]) for side in sides]
        assert_same(row, value_a=a, value_b=b, difference=a - b, relative=(a - b) / a, ratio=a / b, parity=b / a)
        assert_same(row, offline_ratio=(100 - b) / (100 - a) if a < 100 else None)
        if None not in (*ends[0], *ends[1]):
            corners = [(x, y) for x in ends[0] for y in ends[1]]
            for measure, of in (("difference", lambda x, y: x - y), ("ratio", lambda x, y: x / y), ("parity", lambda x, y: y / x)):
                found = [of(x, y) for x, y in corners]
                assert_same(row, **{f"{measure}_lower": min(found), f"{measure}_upper": max(found)})


def test_every_measure_of_inequality_among_all_that_report(facts):
    incomes = {
        (r["area"], r["year"]): r["value"] for r in facts.rows("observations", "indicator = 'gni_per_capita' and area_kind = 'economy'")
    }
    regions = {row["iso3"]: row["world_bank_region"] for row in facts.rows("economies")}
    group_of: dict[tuple[str, str, int], dict[str, str]] = defaultdict(dict)
    for (scheme, membership, group, year), economies in facts.members.items():
        group_of[scheme, membership, year] |= dict.fromkeys(economies, group)
    total: dict[tuple[int, str], float] = defaultdict(float)
    for (_, year, locality), n in facts.people.items():
        total[year, locality] += n
    for row in facts.rows("inequality", "economies = 'reporting that year'"):
        year, locality, scheme = row["year"], row["locality"], row["scheme"]
        groups = regions if scheme == "world bank region" else group_of[scheme, row["membership"], year]
        values = facts.values[row["source"], row["vintage"], row["indicator"], locality]
        taken = sorted(facts.counted({c for c in values if year in values[c]}, year, locality).items())
        taken = [(c, n) for c, n in taken if scheme == "none" or groups.get(c)]
        taken = [(c, n) for c, n in taken if row["ranked_by"] is None or (c, year) in incomes]
        n = np.array([n for _, n in taken])
        ceiling = facts.ceiling[row["indicator"]]
        q = np.array([values[c][year] for c, _ in taken]) / (ceiling or 1)
        w, mu = n / n.sum(), float((n * q).sum() / n.sum())
        assert_same(row, n=len(taken), mean=mu * (ceiling or 1), coverage=n.sum() / total[year, locality])
        if len(taken) < 2:
            assert_same(row, value=None)
            continue
        label = [groups.get(c) for c, _ in taken] if scheme != "none" else None
        if row["measure"] == "gini":
            assert_same(row, value=float((w[:, None] * w * abs(q[:, None] - q)).sum() / (2 * mu)))
        elif row["measure"] == "theil":
            split(row, w, q, label, theil, share_of="users")
        elif row["measure"] == "mean log deviation" and (q > 0).all():
            split(row, w, q, label, deviation, share_of="people")
        elif row["measure"] == "mean log deviation":
            assert_same(row, value=None, between=None, within=None)
        else:
            income = np.array([incomes[c, year] for c, _ in taken])
            rank = np.array([w[income < own].sum() + w[income == own].sum() / 2 for own in income])
            index = float(2 / mu * (w * q * rank).sum() - 1)
            is_share = ceiling is not None and q.max() <= 1
            erreygers, wagstaff = (4 * mu * index, index / (1 - mu)) if is_share else (None, None)
            of = {"concentration index": index, "concentration index (Erreygers)": erreygers, "concentration index (Wagstaff)": wagstaff}
            assert_same(row, value=of[row["measure"]])


def theil(w: np.ndarray, q: np.ndarray) -> float:
    x = q / (w * q).sum()
    return sum(weight * share * math.log(share) for weight, share in zip(w, x, strict=True) if share > 0)


def deviation(w: np.ndarray, q: np.ndarray) -> float:
    return float((w * np.log((w * q).sum() / q)).sum())


def split(row: dict[str, Any], w: np.ndarray, q: np.ndarray, label: list | None, measure: Any, share_of: str) -> None:
    """Hold a measure, and what of it is between and within groups, against the row: between is the measure of the groups' means."""
    if label is None:
        assert_same(row, value=measure(w, q), between=None, within=None)
        return
    weights, means, inside = [], [], []
    for group in sorted(set(label)):
        at = np.array([own == group for own in label])
        weights.append(w[at].sum())
        means.append((w[at] * q[at]).sum() / w[at].sum())
        inside.append(measure(w[at] / w[at].sum(), q[at]) if means[-1] > 0 else 0.0)
    weight, of_group = np.array(weights), np.array(means)
    share = weight * of_group / (weight * of_group).sum() if share_of == "users" else weight
    assert_same(row, value=measure(w, q), between=measure(weight, of_group), within=float((share * np.array(inside)).sum()))


def test_all_years_behind(facts):
    series: dict[tuple, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    keys = ("basis", "source", "vintage", "indicator", "sex", "locality", "age")
    for row in facts.rows("observations"):
        series[("published", *(row[key] for key in keys[1:]))][row["area"]][row["year"]] = row["value"]
    for (source, vintage, indicator, locality), economies in facts.values.items():
        series["computed", source, vintage, indicator, "all", locality, "all"] |= economies
    for row in facts.rows("aggregates", "rule = 'interpolate and carry' and membership = 'latest' and publishable <> 'not published'"):
        series[("computed", *(row[key] for key in keys[1:]))][row["group_name"]][row["year"]] = row["value"]
    for row in facts.rows("time_distance"):
        levels = series[tuple(row[key] for key in keys)]
        way = {"higher": 1, "lower": -1}[facts.better[row["indicator"]]]
        # A benchmark that printed "over 95" printed no level; there is none in the vintages of these benchmarks.
        path = sorted((year, way * level) for year, level in levels[row["benchmark"]].items())
        year, height = row["year"], way * levels[row["area"]][row["year"]]
        if path[0][1] >= height:
            assert_same(row, years_behind=None, lower=year - path[0][0], upper=None)
            continue
        for (earlier, low), (later, high) in pairwise(path):
            if high >= height:
                behind = year - earlier - (height - low) / (high - low) * (later - earlier)
                assert_same(row, years_behind=behind, lower=behind, upper=behind)
                break
        else:
            assert_same(row, years_behind=None, lower=None, upper=year - path[-1][0])


def test_every_split_of_a_change(facts):
    for row in facts.rows("change_decomposition"):
        first, last, locality, ceiling = row["year_from"], row["year_to"], row["locality"], facts.ceiling[row["indicator"]]
        old, new = (facts.values[row["source"], row[f"vintage_{end}"], row["indicator"], locality] for end in ("from", "to"))
        listed = [facts.members[row["scheme"], row["member_list"], row["group_name"], year] for year in (first, last)]
        # One edition of the population is held, so a recount changes nothing; its states are those of the method note all the same.
        everyone = listed[0] | listed[1]
        n = [facts.counted(everyone, year, locality) for year in (first, first, last)]
        p = [{c: known(of.get(c, {}), year) for c in everyone} for of, year in ((old, first), (new, first), (new, last))]
        has = [{c for c in everyone if p[state][c] is not None and c in n[state]} for state in range(3)]
        at_first, at_last = has[0] & listed[0], has[2] & listed[1]
        kept = at_first & at_last & has[1]

        def figure(economies, value, people, row=row, n=n, p=p, ceiling=ceiling):
            if row["measure"] == "value":
                return mean({c: n[people][c] for c in economies}, p[value])
            reached = {c: p[value][c] / ceiling for c in economies}
            return sum(n[people][c] * (reached[c] if row["measure"] == "people reached" else 1 - reached[c]) for c in economies)

        assert_same(row, n_from=len(at_first), n_to=len(at_last), n_kept=len(kept))
        start, end = figure(at_first, 0, 0) if at_first else None, figure(at_last, 2, 2) if at_last else None
        # Counts of people are sums of billions, and their differences exact to a thousandth of a person.
        exact = 1e-9 if row["measure"] == "value" else 1e-3
        assert_same(row, exact, value_from=start, value_to=end)
        if not kept:
            assert_same(row, progress=None, revision=None, population=None, membership=None)
            continue
        e = [start, *(figure(kept, *state) for state in ((0, 0), (1, 0), (1, 1), (2, 1), (2, 2))), end]
        assert_same(row, exact, leaving=e[1] - e[0], revision=e[2] - e[1], population=e[3] - e[2], within=e[4] - e[3], shift=e[5] - e[4])
        assert_same(row, exact, joining=e[6] - e[5], progress=e[5] - e[3], membership=(e[1] - e[0]) + (e[6] - e[5]), total=e[6] - e[0])
        assert row["progress"] + row["revision"] + row["population"] + row["membership"] == pytest.approx(row["total"], rel=1e-9, abs=exact)
        terms = defaultdict(list)
        for order in set(permutations(("value", "value", "people", "people"))):
            state, moved = {"value": 0, "people": 0}, defaultdict(float)
            for step in order:
                before = figure(kept, **state)
                state[step] += 1
                name = "progress" if state[step] == 2 else {"value": "revision", "people": "population"}[step]
                moved[name] += figure(kept, **state) - before
            for name, change in moved.items():
                terms[name].append(change)
        for name, found in terms.items():
            assert_same(row, exact, **{f"{name}_lower": min(found), f"{name}_upper": max(found)})


def test_what_every_members_value_allows_a_published_figure_to_be(facts):
    keys = ("source", "vintage", "indicator", "locality", "area", "year")
    printed = {
        tuple(row[key] for key in keys): row for row in facts.rows("observations", "area_kind = 'economy' and sex = 'all' and age = 'all'")
    }
    listed = facts.rows("memberships")
    tested = facts.rows(
        "aggregate_consistency", "feasible <> 'not testable' and scheme in ('world', 'income', 'itu region', 'ldc', 'lldc', 'sids')"
    )
    assert len(tested) > 500
    for row in tested:
        year, locality, figure, ceiling = row["year"], row["locality"], row["published"], facts.ceiling[row["indicator"]]
        members = {
            r["iso3"]
            for r in listed
            if r["group_name"] == row["group_name"] and (r["valid_from"] or "0000") <= row["list"] < (r["valid_to"] or "9999")
        }
        people = facts.counted(members | ({REST} if row["group_name"] == "world" else set()), year, locality)
        if len(people) != row["n_members"]:
            # A group whose published population holds the rest of the world counts it among its members.
            people = facts.counted(members | {REST}, year, locality)
        total, low, high, slack = sum(people.values()), 0.0, 0.0, 0.0
        for iso3, n in people.items():
            value = printed.get((row["members_source"], row["members_vintage"], row["indicator"], locality, iso3, year))
            w = n / total
            if value is None:
                high += w * (math.inf if ceiling is None else ceiling)
                slack += 0.02 * w * max(figure, (ceiling or 0) - figure)
            else:
                low, high = low + w * value["lower"], high + w * value["upper"]
                slack += 0.02 * w * abs(value["value"] - figure)
        assert_same(row, n_members=len(people), lowest_possible=low, slack=slack, highest_possible=high if high < math.inf else None)
        least, most = (figure if row[end] is None else row[end] for end in ("published_lower", "published_upper"))
        verdict = (
            "infeasible, too low" if most < low - slack - 1e-9 else "infeasible, too high" if least > high + slack + 1e-9 else "feasible"
        )
        if row["published_lower"] is not None and row["published_upper"] is not None:
            assert_same(row, feasible=verdict)


def logit(share: float) -> float:
    p = min(max(share, 0.5), 99.5)
    return math.log(p / (100 - p))


def test_every_pace_to_a_target(facts):
    held: dict[tuple, dict[int, float]] = defaultdict(dict)
    for row in facts.rows("observations", "sex = 'all' and locality = 'all'"):
        held[row["indicator"], row["area"], row["age"], row["source"], row["vintage"]][row["year"]] = row["value"]
    rows = facts.rows("targets")
    newest = {name: max((row["year"] or 0 for row in rows if row["target"] == name), default=0) for name in {row["target"] for row in rows}}
    for row in rows:
        series = held.get((row["indicator"], row["area"], row["age"], row["source"], row["vintage"]))
        if row["latest"] is None:
            assert_same(row, status="undetermined")
            continue
        if series is None:  # parity that we make of two printed shares
            assert row["indicator"].startswith("gender_parity")
            continue
        year, aim, left = row["year"], row["required"], row["deadline"] - row["year"]
        assert year == max(y for y in series if y <= row["deadline"])
        share = facts.ceiling[row["indicator"]] == 100
        recent = [y for y in sorted(series) if year - 5 <= y <= year]
        for earlier, later in pairwise(recent):
            if share and abs(series[later] - series[earlier]) > 10 * (later - earlier):
                recent = [y for y in recent if y >= later]
        first, p = recent[0], series[year]
        pace = (p - series[first]) / (year - first) if first < year else None
        if row["rule"] == "within":
            met, aim = row["required"] <= p <= row["required_upper"], aim if p < aim else row["required_upper"]
        else:
            met = {"at least": p >= aim, "above": p > aim, "at most": p <= aim}[row["rule"]]
        needed = (aim - p) / left if left > 0 and not met else None
        moves = pace is not None and pace * ((aim - p) or 1) > 0 if not met else True
        ratio = needed / pace if needed is not None and moves else None
        assert_same(row, latest=p, pace_from=first, pace=pace, required_pace=needed, ratio=ratio)
        if share and row["rule"] != "within" and needed is not None:
            assert_same(row, logit_required_pace=(logit(aim) - logit(p)) / left)
            assert_same(row, logit_pace=None if pace is None else (logit(p) - logit(series[first])) / (year - first))
        if newest[row["target"]] - year > 5:
            status = "undetermined"
        elif met:
            status = "met"
        elif left <= 0:
            status = "missed"
        elif pace is None:
            status = "undetermined"
        else:
            status = "moving away" if not moves else "on pace" if ratio <= 1 else "too slow"
        assert_same(row, status=status)


def test_what_every_data_gap_is_worth(facts):
    cell = ("indicator", "sex", "locality", "age")
    held: dict[tuple, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in facts.rows("current_observations", "area_kind = 'economy'"):
        if row["indicator"] in facts.averaged and facts.better[row["indicator"]] == "higher":
            held[tuple(row[key] for key in cell)][row["area"]][row["year"]] = row["value"]
    rows = facts.rows("data_gaps")
    last = max(year for _, year, _ in facts.people)
    world = {year: facts.counted(facts.members["world", "latest", "world", year], year, "all") for year in range(2000, last + 1)}
    groups_of = defaultdict(list)
    for (scheme, membership, group, year), economies in facts.members.items():
        # Nobody weighs twice: not in a union of groups, nor as an African country and in ITU's region.
        if scheme not in ("income union", "african countries") and membership == "latest":
            for iso3 in economies:
                groups_of[iso3, year].append((group, economies))
    stated = {(*(row[key] for key in cell), row["iso3"]) for row in rows}
    judged_by = {}
    for indicator in {row["indicator"] for row in rows}:
        of_all = held[indicator, "all", "all", "all"]
        covered = [
            y for y, all_of in world.items() if sum(n for c, n in all_of.items() if y in of_all.get(c, {})) >= 2 / 3 * sum(all_of.values())
        ]
        any_year = [y for key, economies in held.items() if key[0] == indicator for values in economies.values() for y in values]
        judged_by[indicator] = max(covered or any_year or [last])
    asked = {(key, iso3) for key in {of[:4] for of in stated} for iso3 in facts.members["world", "latest", "world", last] - {REST}}
    # Where a country has no rural or no urban people, nothing is missing.
    peopled = [(key, iso3) for key, iso3 in asked if facts.people.get((iso3, min(judged_by[key[0]], last), key[2])) != 0]
    assert stated == {(*key, iso3) for key, iso3 in peopled if judged_by[key[0]] not in held[key].get(iso3, {})}
    whole: dict[tuple, float] = {}
    for row in rows:
        year = min(judged_by[row["indicator"]], last)
        own = facts.people.get((row["iso3"], year, row["locality"]))
        values = held[tuple(row[key] for key in cell)].get(row["iso3"], {})
        newest = max(values, default=None)
        assert_same(row, reference_year=judged_by[row["indicator"]], last_year=newest, last_value=values.get(newest))
        if own is None or facts.ceiling[row["indicator"]] is None:
            assert_same(row, bounds_shrink_by=None)
            continue
        points = defaultdict(float)
        for group, economies in groups_of[row["iso3"], year]:
            place = group, year, row["locality"]
            if place not in whole:
                whole[place] = sum(facts.counted(economies, year, row["locality"]).values())
            points["world" if group == "world" else "others"] += facts.ceiling[row["indicator"]] * own / whole[place]
        assert_same(row, world_bound_shrinks_by=points["world"], group_bound_shrinks_by=points["others"])
        assert_same(row, bounds_shrink_by=points["world"] + points["others"])
    worth = [row["bounds_shrink_by"] if row["bounds_shrink_by"] is not None else -1 for row in sorted(rows, key=lambda row: row["rank"])]
    assert worth == sorted(worth, reverse=True)


def moved(p: float, pace: float, years: int) -> float:
    """Along the logit; what a share within half a point of an end is away from there, it keeps."""
    odds = math.exp(logit(p) + pace * years)
    return min(max(100 * odds / (1 + odds) + p - min(max(p, 0.5), 99.5), 0), 100)


def quantile(numbers: list[float], part: float) -> float:
    ordered, place = sorted(numbers), part * (len(numbers) - 1)
    low, high = ordered[math.floor(place)], ordered[math.ceil(place)]
    return low + (place - math.floor(place)) * (high - low)


class Paces:
    """The pace of each scenario from one economy's value of one year, knowing what was known in another."""

    def __init__(self, values: dict[str, dict[int, float]]) -> None:
        self.since: dict[tuple[str, int], int] = {}
        self.seen: list[tuple[str, float, float, int]] = []
        for c, path in values.items():
            start = min(path)
            for earlier, later in pairwise(sorted(path)):
                # No publisher of these vintages writes notes; only jumps part a series.
                start = later if abs(path[later] - path[earlier]) > 10 * (later - earlier) else start
                self.since[c, later] = start
            self.since.setdefault((c, min(path)), min(path))
        for c, path in values.items():
            for year, p in path.items():
                if year + 5 in path and self.since[c, year + 5] <= year:
                    self.seen.append((c, p, (logit(path[year + 5]) - logit(p)) / 5, year + 5))
        self.values = values
        self.stated: dict[tuple[int, int], dict[str, float]] = {}

    def of(self, c: str, year: int, known_in: int) -> dict[str, float]:
        p, level = self.values[c][year], round(self.values[c][year])
        first = min(y for y in self.values[c] if max(year - 5, self.since[c, year]) <= y <= year)
        own = {"own pace": (logit(p) - logit(self.values[c][first])) / (year - first)} if first < year else {}
        if (level, known_in) not in self.stated:
            of_peers = defaultdict(list)
            for peer, at, pace, done in self.seen:
                if abs(round(at) - level) <= 5 and done <= known_in:
                    of_peers[peer].append(pace)
            means = [sum(paces) / len(paces) for paces in of_peers.values()]
            parts = {"typical pace": 0.5, "best quarter's pace": 0.75} if len(means) >= 10 else {}
            self.stated[level, known_in] = {name: quantile(means, part) for name, part in parts.items()}
        return {"no change": 0.0} | own | self.stated[level, known_in]


def test_every_scenarios_and_what_its_rule_would_have_missed(facts):
    rows = facts.rows("scenarios")
    [series] = {(row["source"], row["vintage"], row["indicator"], row["locality"]) for row in rows}
    values, [base] = facts.values[series], {row["base_year"] for row in rows}
    paces, newest = Paces(values), max(y for path in values.values() for y in path)
    last = {c: max(path) for c, path in values.items() if max(path) >= base - 5}
    today = {c: paces.of(c, year, newest) for c, year in last.items()}
    past: dict[tuple[str, int], list[tuple[str, int, float, float]]] = defaultdict(list)
    for horizon, (c, path) in product({row["horizon"] for row in rows}, values.items()):
        for year, p in path.items():
            if year + horizon in path and paces.since[c, year + horizon] <= year:
                for scenario, pace in paces.of(c, year, year).items():
                    past[scenario, horizon].append((c, year, path[year + horizon] - moved(p, pace, horizon), path[year + horizon] - p))
    for row in rows:
        scenario, year, horizon = row["scenario"], row["year"], row["horizon"]
        people = facts.counted(
            facts.members[facts.scheme[row["group_name"]], "latest", row["group_name"], row["population_year"]],
            row["population_year"],
            series[3],
        )
        total = sum(people.values())
        if scenario == "target reached":
            paths = {c: max(values[c][last[c]], row["required"]) for c in people if c in last}
            asked = {c: (logit(paths[c]) - logit(values[c][last[c]])) / (year - last[c]) for c in paths}
        else:
            asked = {c: today[c][scenario] for c in people if scenario in today.get(c, {})}
            paths = {c: moved(values[c][last[c]], pace, year - last[c]) for c, pace in asked.items()}
        n = {c: people[c] for c in paths}
        assert_same(row, value=mean(n, paths), share_with_path=sum(n.values()) / total, n_with_path=len(n), n_members=len(people))
        assert_same(
            row,
            coverage=sum(n[c] for c in n if last[c] >= base) / total,
            n_at_target=sum(p >= row["required"] - 1e-9 for p in paths.values()),
        )
        stated = sum(n[c] * paths[c] for c in n) / 100
        rest, least = total - sum(n.values()), row["required"] / 100 if scenario == "target reached" else 0.0
        assert_same(row, 1e-2, people_lower=stated + least * rest, people_upper=stated + rest, offline_lower=total - stated - rest)
        assert_same(row, lower=100 * (stated + least * rest) / total, upper=100 * (stated + rest) / total)
        best = {c: today[c].get("best quarter's pace") for c in n}
        assert_same(row, n_faster_than_best_quarter=sum(best[c] is not None and asked[c] > best[c] + 1e-9 for c in n))
        scored = past[scenario, horizon]
        if scenario == "target reached":
            assert_same(row, tested_horizon=None, backtest_error=None, group_error=None)
            continue
        # Of Internet use thirty economies have a past as long as is asked.
        assert_same(row, tested_horizon=horizon, forecasts_tested=len(scored), economies_tested=len({c for c, *_ in scored}))
        errors = [error for *_, error, _ in scored]
        assert_same(row, bias=sum(errors) / len(errors), backtest_error=sum(map(abs, errors)) / len(errors))
        assert_same(row, persistence_error=sum(abs(change) for *_, change in scored) / len(scored))
        by_origin = defaultdict(dict)
        for c, origin, error, _ in scored:
            if c in people:
                by_origin[origin][c] = error
        half = [missed for missed in by_origin.values() if sum(people[c] for c in missed) >= total / 2]
        of_group = [mean({c: people[c] for c in missed}, missed) for missed in half]
        assert_same(row, group_error=sum(map(abs, of_group)) / len(half) if half else None, origins_tested=len(half) or None)
