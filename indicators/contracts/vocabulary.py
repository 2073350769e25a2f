"""The words that columns may hold: one enumeration a vocabulary.

A member is text: it compares, sorts and is written as its value, in pandas, Arrow, DuckDB, JSON and templates. Only `repr` shows the name
of the member, so messages format a member without `!r`. The order of the members is the order in which pages and charts show them.

The file is long because it has every vocabulary, so that no word is declared twice.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

#: What sex, locality or age is called where all people are counted.
ALL: Final = "all"

#: The name of a figure of this project among published ones.
OWN_ESTIMATE: Final = "own estimate"


# Observations ---------------------------------------------------------------------------------------------------------------------------


class AreaKind(StrEnum):
    """What an area is: one country or territory, or a set of them."""

    ECONOMY = "economy"
    GROUP = "group"


class Sex(StrEnum):
    """Sex of the people counted."""

    ALL = ALL
    FEMALE = "female"
    MALE = "male"


class Locality(StrEnum):
    """Locality of the people counted."""

    ALL = ALL
    URBAN = "urban"
    RURAL = "rural"


class Nature(StrEnum):
    """Who made a published figure: the country, the publisher as an estimate, or unknown where the publisher does not say."""

    COUNTRY = "country"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"


class SeenIn(StrEnum):
    """Where a figure was read: in the publisher's own file, or in a file of somebody else who reports it."""

    PUBLISHER = "publisher"
    REPORTED_BY_OTHERS = "reported by others"


class RevisionKind(StrEnum):
    """What happened to a number between two vintages."""

    NEW = "new"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"


class Basis(StrEnum):
    """Whether a figure of a group was published by a source, or computed here from economies."""

    PUBLISHED = "published"
    COMPUTED = "computed"


# Sources and registries -----------------------------------------------------------------------------------------------------------------


class ConnectorState(StrEnum):
    """What the newest request to a source brought, or why there was none."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    UNUSABLE = "unusable"
    NOT_REQUESTED = "not requested"
    NO_CONNECTOR = "no connector"

    @property
    def failed(self) -> bool:
        """Whether the source was asked and gave nothing that can be used."""
        return self in (ConnectorState.UNAVAILABLE, ConnectorState.UNUSABLE)


class CorrectionStatus(StrEnum):
    """Whether the newest vintage still prints what a correction replaces."""

    APPLIES = "applies"
    FIXED_BY_PUBLISHER = "fixed by publisher"
    ENDED = "ended"
    NOT_HELD = "not held"


class AreaAttribute(StrEnum):
    """What a publisher's list of areas says of a code."""

    AREA_KIND = "area_kind"
    INCOME = "income"
    REGION = "region"


class Better(StrEnum):
    """Which direction of an indicator is an improvement."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Aggregation(StrEnum):
    """How values of economies make the figure of a group."""

    MEAN_OVER_PEOPLE = "mean over people"
    MEDIAN_OVER_ECONOMIES = "median over economies"
    NONE = "none"


class Language(StrEnum):
    """ISO 639 codes of the six official languages of the United Nations, in its order."""

    ARABIC = "ar"
    CHINESE = "zh"
    ENGLISH = "en"
    FRENCH = "fr"
    RUSSIAN = "ru"
    SPANISH = "es"


class LabelKind(StrEnum):
    """What a label names; the order is that of the catalogues of translations."""

    INDICATOR = "indicator"
    UNIT = "unit"
    GROUP = "group"
    SHORT_GROUP_NAME = "short group name"
    ECONOMY = "economy"
    SOURCE = "source"
    SHORT_SOURCE_TITLE = "short source title"
    STATEMENT = "statement"
    FLAG = "flag"
    LICENCE = "licence"
    CHART_TEXT = "chart text"


class LabelStatus(StrEnum):
    """Where a label comes from, and who has reviewed it."""

    ORIGINAL = "original"
    OFFICIAL = "official term"
    REVIEWED = "reviewed by a native speaker"
    OWN = "own translation, not reviewed by a native speaker"
    FROM_CLDR = "name in CLDR"
    MISSING = "missing, shown in English"


class Breakdown(StrEnum):
    """The column by which a figure is broken down."""

    ALL = ALL
    SEX = "sex"
    LOCALITY = "locality"
    AGE = "age"


class Tie(StrEnum):
    """Who ties an indicator to a paragraph, an action line or an SDG indicator: a document of the United Nations, or this project."""

    OFFICIAL = "official"
    PROPOSED = "proposed"


# Statements of the resolution -----------------------------------------------------------------------------------------------------------


class Verdict(StrEnum):
    """Whether the evidence supports a statement."""

    SUPPORTED = "supported"
    NARROWLY_SUPPORTED = "narrowly supported"
    NOT_SUPPORTED = "not supported"
    REVISED_SINCE = "revised since"
    UNDETERMINED = "undetermined"
    NOT_MEASURABLE = "not measurable"

    @property
    def supports(self) -> bool:
        """Whether the statement holds under this verdict."""
        return self in (Verdict.SUPPORTED, Verdict.NARROWLY_SUPPORTED)

    @classmethod
    def supporting(cls) -> list[Verdict]:
        """Return the verdicts under which a statement holds."""
        return [verdict for verdict in cls if verdict.supports]


class Moment(StrEnum):
    """Which vintage a statement is judged by: the one of record, the newest, or one before or between."""

    AT_ADOPTION = "at adoption"
    NOW = "now"
    HISTORY = "history"


class ClaimMeasure(StrEnum):
    """What a statement says of its values: the value, 100 less the value, a ratio of two areas, or a count of economies below a value."""

    VALUE = "value"
    COMPLEMENT = "complement"
    RATIO = "ratio"
    ECONOMIES_BELOW = "economies below"


class IdentityKind(StrEnum):
    """How two statements are tied to one quantity."""

    SAME_QUANTITY = "same quantity"
    COMPLEMENT = "complement"
    TOTAL_FROM_PARTS = "total from parts"
    PART_FROM_TOTAL = "part from total"
    SHARE_OF_A_PART = "share of a part"
    RATIO = "ratio"
    INCLUSION = "inclusion"


class IdentityResult(StrEnum):
    """Whether two statements can both hold: no common value, all values of the narrower one, or some."""

    POSSIBLE = "possible"
    CONFLICT = "conflict"
    TOO_COARSE = "too coarse"


class ParagraphBasis(StrEnum):
    """What a summary of a paragraph rests on: its words, or only its topic."""

    WORDING = "wording"
    TOPIC = "topic"


class TopicStatus(StrEnum):
    """Whether a value of any economy is held for a topic of the resolution."""

    HELD = "held"
    NOT_HELD = "not held"


# Group figures --------------------------------------------------------------------------------------------------------------------------


class MembershipList(StrEnum):
    """Which list of members a figure of a group uses."""

    IN_FORCE = "in force"
    LATEST = "latest"
    AT_PUBLICATION = "at publication"
    LIST_BEFORE = "list before"
    NONE = "none"


class Rule(StrEnum):
    """What is assumed of members without a value."""

    RENORMALISED = "renormalised"
    INTERPOLATE_AND_CARRY = "interpolate and carry"
    HARD_BOUNDS = "hard bounds"


class Publishable(StrEnum):
    """What coverage allows: from two thirds, from one half, below."""

    PUBLISHED = "published"
    INDICATIVE = "indicative"
    NOT_PUBLISHED = "not published"


class MissingFigure(StrEnum):
    """Why a vintage has no figure of a group."""

    INCOMPLETE_COMPILATION = "the vintage is held as an incomplete compilation"
    NO_GROUP_OF_INDICATOR = "the vintage prints no group of the indicator"
    GROUP_NOT_PRINTED = "the vintage does not print the group"
    SERIES_ENDS_EARLIER = "the series of the group ends earlier"
    SERIES_BEGINS_LATER = "the series of the group begins later"
    GAP_IN_SERIES = "the series of the group has a gap"


class Feasibility(StrEnum):
    """Whether a published figure of a group is possible, given the values of its members."""

    FEASIBLE = "feasible"
    TOO_LOW = "infeasible, too low"
    TOO_HIGH = "infeasible, too high"
    NOT_TESTABLE = "not testable"


class MembersVintage(StrEnum):
    """Which vintage the values of the members come from, relative to that of the published figure."""

    SAME = "of the same vintage"
    LAST_BEFORE = "last before it"
    FIRST_AFTER = "first after it"
    NONE = "none"


class ChangeMeasure(StrEnum):
    """Whose change is decomposed: the mean of a group, or a count of people."""

    VALUE = "value"
    PEOPLE_REACHED = "people reached"
    PEOPLE_NOT_REACHED = "people not reached"


# Distances between areas ----------------------------------------------------------------------------------------------------------------


class Divide(StrEnum):
    """Which divide a gap measures."""

    INCOME = "income"
    SEX = "sex"
    LOCALITY = "locality"
    AGE = "age"


class ConvergenceMeasure(StrEnum):
    """Whether economies that are behind move faster (beta), or how far apart economies are (sigma)."""

    BETA = "beta"
    SIGMA = "sigma"


class Scale(StrEnum):
    """The scale on which convergence is measured."""

    LINEAR = "linear"
    LOGIT = "logit"
    LOG = "log"


class InequalityMeasure(StrEnum):
    """Measures of inequality between economies."""

    GINI = "gini"
    CONCENTRATION_INDEX = "concentration index"
    CONCENTRATION_INDEX_ERREYGERS = "concentration index (Erreygers)"
    CONCENTRATION_INDEX_WAGSTAFF = "concentration index (Wagstaff)"
    THEIL = "theil"
    MEAN_LOG_DEVIATION = "mean log deviation"


class EconomySet(StrEnum):
    """Which economies an inequality is measured over."""

    REPORTING = "reporting that year"
    SAME = "same in all years"


# The years to come ----------------------------------------------------------------------------------------------------------------------


class Model(StrEnum):
    """How a series is projected."""

    LOGISTIC = "logistic"
    GOMPERTZ = "gompertz"
    LINEAR_IN_LOGIT = "linear in logit"
    NO_CHANGE = "no change"


class Scenario(StrEnum):
    """What every economy is assumed to do; the order is that of `scenarios.toml`."""

    NO_CHANGE = "no change"
    OWN_PACE = "own pace"
    TYPICAL_PACE = "typical pace"
    BEST_QUARTERS_PACE = "best quarter's pace"
    TARGET_REACHED = "target reached"


class TargetRule(StrEnum):
    """How a value is compared with a target."""

    AT_LEAST = "at least"
    ABOVE = "above"
    AT_MOST = "at most"
    WITHIN = "within"


class TargetStatus(StrEnum):
    """Whether an area has reached a target, or will at its pace."""

    MET = "met"
    MISSED = "missed"
    ON_PACE = "on pace"
    TOO_SLOW = "too slow"
    MOVING_AWAY = "moving away"
    UNDETERMINED = "undetermined"


class TargetSetStatus(StrEnum):
    """How the targets of a set are known: from the document itself, or from somebody who quotes it."""

    AS_PRINTED = "as printed"
    AS_REPORTED_BY_OTHERS = "as reported by others"


# What is missing ------------------------------------------------------------------------------------------------------------------------


class Evidence(StrEnum):
    """How much is held of an indicator."""

    WIDE_AND_RECENT = "wide and recent"
    NARROW_OR_OLD = "narrow or old"
    GROUPS_ONLY = "groups only"
    NO_DATA = "no data"


class Denominator(StrEnum):
    """Whether the catalogue states who or what a share is a share of."""

    STATED = "stated"
    NOT_STATED = "not stated"
    NOT_NEEDED = "none needed"
