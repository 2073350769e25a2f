"""Charts: tidy tables in, figures out, each with its words, its table and its source line; no method note would name what is computed here.

Titles say the finding and are composed from the data, so they change when the data change. What a colour says, a shape, a dash or a word
says too, so that grey print loses nothing. A module a chart, or a family of charts; `frame`, `palette`, `rows` and `words` are what they
share, `rendering` makes files of them. Their words come from `indicators.registries.labels`, in the language asked for.
"""

from indicators.charts.affordability import price_against_income
from indicators.charts.chart import Chart
from indicators.charts.evidence_by_edition import claims_over_vintages
from indicators.charts.fonts import NoFont
from indicators.charts.frame import WIDTH
from indicators.charts.gap_map import data_gaps_by_group
from indicators.charts.missing_data_rules import three_rules
from indicators.charts.palette import DARK, LIGHT, VERDICT_LOOKS, Palette
from indicators.charts.passport import Made, NoPassport, Passport, passport, read_passport, twin
from indicators.charts.projection_fans import internet_use_projected
from indicators.charts.published_gaps import gap_by_income, gap_by_locality, gap_by_sex
from indicators.charts.regions import internet_use_within_regions
from indicators.charts.rendering import darkened, preview, render
from indicators.charts.rows import INTERNET_USE
from indicators.charts.statements import verdicts_of_the_resolution
from indicators.charts.tile_map import internet_use_by_economy, tile_grid
from indicators.charts.use_over_time import internet_use_over_time
from indicators.charts.vintages import world_figure_by_vintage
from indicators.charts.years_behind import years_behind_in_internet_use

__all__ = [
    "DARK",
    "INTERNET_USE",
    "LIGHT",
    "VERDICT_LOOKS",
    "WIDTH",
    "Chart",
    "Made",
    "NoFont",
    "NoPassport",
    "Palette",
    "Passport",
    "claims_over_vintages",
    "darkened",
    "data_gaps_by_group",
    "gap_by_income",
    "gap_by_locality",
    "gap_by_sex",
    "internet_use_by_economy",
    "internet_use_over_time",
    "internet_use_projected",
    "internet_use_within_regions",
    "passport",
    "preview",
    "price_against_income",
    "read_passport",
    "render",
    "three_rules",
    "tile_grid",
    "twin",
    "verdicts_of_the_resolution",
    "world_figure_by_vintage",
    "years_behind_in_internet_use",
]
