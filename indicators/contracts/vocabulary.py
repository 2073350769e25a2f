"""The words that columns may hold, each list once."""

from __future__ import annotations

NATURES = ("country", "estimate", "unknown")
SEXES = ("all", "female", "male")
LOCALITIES = ("all", "urban", "rural")
RULES = ("renormalised", "interpolate and carry", "hard bounds")
VERDICTS = ("supported", "narrowly supported", "not supported", "revised since", "undetermined", "not measurable")
#: The verdicts under which a statement holds.
SUPPORTING = frozenset({"supported", "narrowly supported"})
BETTER = ("higher", "lower", "neither")
AGGREGATIONS = ("mean over people", "median over economies", "none")
DOOR_STATES = ("open", "closed", "unusable", "never asked", "no door")
STANDINGS = ("applies", "mended", "over", "not held")
KINDS_OF_IDENTITY = ("same quantity", "complement", "total from parts", "part from total", "share of a part", "ratio", "inclusion")
TIES = ("official", "proposed")
RESULTS_OF_IDENTITY = ("possible", "conflict", "too coarse")
DIVIDES = ("income", "sex", "locality", "age")
FEASIBILITIES = ("feasible", "infeasible, too low", "infeasible, too high", "not testable")
EDITIONS_OF_MEMBERS = ("of the same vintage", "last before it", "first after it", "none")
MEASURES = (
    "gini",
    "concentration index",
    "concentration index (Erreygers)",
    "concentration index (Wagstaff)",
    "theil",
    "mean log deviation",
)
MODELS = ("logistic", "gompertz", "linear in logit", "no change")
MISSING_FIGURES = (
    "the vintage is held in a gathering with holes",
    "the vintage prints no group of the indicator",
    "the vintage does not print the group",
    "the series of the group ends earlier",
    "the series of the group begins later",
    "the series of the group has a hole",
)
SCENARIOS = ("no change", "own pace", "typical pace", "best quarter's pace", "target reached")
TARGET_RULES = ("at least", "above", "at most", "within")
EVIDENCE = ("wide and recent", "narrow or old", "groups only", "nothing held")
DENOMINATORS = ("stated", "not stated", "none needed")
TARGET_STATUSES = ("met", "missed", "on pace", "too slow", "moving away", "undetermined")
