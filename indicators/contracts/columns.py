"""The columns that several tables share, each declared once: type, rule and meaning.

A contract declares such a column by calling it: `sex: str = columns.sex()`. Where a table needs a narrower meaning, it passes one:
`source: str = columns.source(meaning="Source of both values")`.
"""

from __future__ import annotations

from functools import partial

from indicators.contracts.fields import code, count, iso_day, number, required_text, share, text, word
from indicators.contracts.vocabulary import AreaKind, Basis, Locality, Nature, Publishable, Sex, Tie, Verdict

#: The columns that say which people a figure counts; part of the key of every table of figures.
BREAKDOWN = ("sex", "locality", "age")

# What a figure is about
indicator = partial(required_text, meaning="Name of the indicator, as in the table indicators")
area = partial(required_text, meaning="ISO 3166-1 alpha-3 code of an economy, or name of a group")
area_kind = partial(word, meaning="Whether the area is an economy or a group of economies", among=AreaKind)
iso3 = partial(code, meaning="ISO 3166-1 alpha-3 code of the economy", pattern=r"^[A-Z]{3}$")
year = partial(number, meaning="Calendar year", required=True)
sex = partial(word, meaning="Sex of the people counted", among=Sex)
locality = partial(word, meaning="Locality of the people counted", among=Locality)
age = partial(required_text, meaning="Age of the people counted: all, or a range such as 15-24 or 10+")
unit = partial(required_text, meaning="Unit of the value")

# Where it comes from
source = partial(required_text, meaning="Name of the source, as in the table sources")
vintage = partial(required_text, meaning="Vintage: the dated edition of the source")
published = partial(text, meaning="Date on which the publisher issued the vintage: ISO day, month or year")
nature = partial(word, meaning="Who made the figure: the country, the publisher by estimate, or unknown", among=tuple(Nature))
snapshot = partial(required_text, meaning="Name of the stored file: source/vintage/file")
file = partial(required_text, meaning="Name of the file")
row_number = partial(count, meaning="Number of the row in that file; the header is row 1", least=1)
publisher = partial(required_text, meaning="Organisation that publishes it")
licence = partial(required_text, meaning="Licence of the data")
citation = partial(required_text, meaning="How to cite it")

# Groups and how much of them is behind a figure
scheme = partial(required_text, meaning="Classification the group belongs to, such as income or itu region")
group_name = partial(required_text, meaning="Name of the group, as in the table groups")
membership = partial(word, meaning="List of members: the one in force on 31 December of the year, or the latest")
coverage = partial(
    share, meaning="Share of the group's people who live in members with a value reported for that year, 0 to 1", required=True, summed=True
)
publishable = partial(
    word,
    meaning="What coverage allows: published from two thirds, indicative from one half, not published below one half",
    among=Publishable,
)
n_reporting = partial(count, meaning="Number of members with a value reported for that year")
n_filled = partial(count, meaning="Number of members whose value is interpolated or carried from other years")
n_members = partial(
    count, meaning="Number of members with a known population; in the world the people outside the listed economies count as one member"
)
basis = partial(word, meaning="Whether the figures are published by the source or computed here from economies", among=Basis)

# What a row says in words
reason = partial(text, meaning="Why there is no value; missing where there is one")
note = partial(text, meaning="Remarks on the figure")

# Statements of a resolution
claim = partial(required_text, meaning="Name of the statement")
resolution = partial(required_text, meaning="Symbol of the resolution, such as A/RES/80/173")
adopted = partial(iso_day, meaning="Day on which the resolution was adopted, ISO")
paragraph = partial(count, meaning="Number of the paragraph", least=1)
statement = partial(required_text, meaning="The statement in our words")
wording = partial(required_text, meaning="Words of the resolution that state the figure")
reading = partial(text, meaning="How we read the words, where more than one reading is possible")
figure = partial(number, meaning="Figure that is stated", required=True)
interval = partial(required_text, meaning="Interval the words stand for, in interval notation: a square bracket includes the end")
verdict = partial(word, meaning="Verdict on the statement", among=Verdict)
core_list = partial(
    text, meaning="Code in the core list of ICT indicators of the Partnership on Measuring ICT for Development; missing if it has none"
)
tie = partial(word, among=Tie)
