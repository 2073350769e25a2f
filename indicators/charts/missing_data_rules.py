"""Three rules for missing data side by side."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Rectangle

from indicators.charts.chart import Chart
from indicators.charts.frame import MARGIN, WIDTH, axes_at, inches_wide, lying_scale, page, shares, styled, turn_round
from indicators.charts.palette import LIGHT
from indicators.charts.rows import everybody, needed, newest_that_tells_of_the_world
from indicators.charts.words import chain, group_names, inside, source_line
from indicators.registries.labels import labels

#: Three rules are shown for the world and for this many groups, those where the rules differ most.
MOST_DIFFERENT = 8


@styled
def three_rules(aggregates: pd.DataFrame, groups: pd.DataFrame | None = None, *, language: str = "en") -> Chart:
    """Draw, for the world and the groups where they differ most, the three rules for missing data side by side.

    Args:
        aggregates: Rows of the `aggregates` contract; used are those of Internet use of all people, newest membership, from the
            newest vintage that covers the world well enough, in its newest year that does.
        groups: Rows of `groups`, for names; without it groups go by their keys.
        language: Of the words: a code of `indicators.registries.labels.LANGUAGES`.

    Missing data: a figure of a group with too little coverage is hollow and says so; a rule that gives no value has no mark.

    Raises:
        ValueError: No year with a world figure that may be published.
    """
    say = (said := labels(language)).furniture
    rows = everybody(aggregates)
    rows = newest_that_tells_of_the_world(rows[rows["membership"] == "latest"])
    world = rows[(rows["group_name"] == "world") & (rows["publishable"] == "published")]
    year = int(needed(world, "year with a publishable world figure of Internet use")["year"].max())
    rows = rows[rows["year"] == year]
    wide = rows.pivot(index="group_name", columns="rule", values="value").reindex(columns=["renormalised", "interpolate and carry"])
    apart = (wide["renormalised"] - wide["interpolate and carry"]).abs().rename("apart").sort_values(ascending=False)
    shown = ["world", *apart.dropna().drop("world", errors="ignore").index[:MOST_DIFFERENT]]
    facts = rows[rows["rule"] == "hard bounds"].drop_duplicates("group_name").set_index("group_name")
    names = group_names(groups, said) if groups is not None else pd.Series(dtype="str")
    data = (
        facts.loc[shown, ["lower", "upper", "coverage", "n_reporting", "n_members", "publishable", "source", "vintage"]]
        .join(wide)
        .join(apart)
    )
    data = data.reset_index().assign(year=year)
    data.insert(1, "name", data["group_name"].map(names).fillna(data["group_name"]))
    worst = data[data["group_name"] != "world"].iloc[0] if len(data) > 1 else data.iloc[0]
    whole = data.iloc[0]
    title = say(
        "three rules: title", year=year, group=inside(worst["name"], said), points=said.number(worst["apart"], 1),
        points_of_world=said.number(whole["apart"], 1),
    )  # fmt: skip
    subtitle = say("three rules: subtitle", year=year)
    source = source_line(data, say("three rules: note"), said)

    pitch, head = 0.36, 0.42
    labels_wide = max(inches_wide(name, 8.5, "bold") for name in data["name"]) + 0.3
    numbers = 3.25
    inches = WIDTH - 2 * MARGIN - labels_wide - numbers
    figure, bottom = page(title, subtitle, source, body=pitch * len(data) + head + 0.25, said=said)
    panel = axes_at(figure, MARGIN + labels_wide, bottom + 0.25, inches, pitch * len(data) + head)
    panel.set(xlim=(0, 100), ylim=(len(data) - 0.5, -0.5 - head / pitch))
    lying_scale(panel, shares(said, 0, 25, 50, 75, 100), top=-0.5, bottom=len(data) - 0.5)
    beside = panel.get_yaxis_transform()
    left, top = -labels_wide / inches, -0.5 - 0.25 / pitch
    at_inch = {"interpolate and carry": 0.38, "renormalised": 1.06, "bounds": 1.86, "coverage": 2.66}
    column = {name: 1 + inch / inches for name, inch in at_inch.items()}
    looks = {"interpolate and carry": (LIGHT.blue, "o"), "renormalised": (LIGHT.orange, "D")}
    for name in column:
        panel.text(
            column[name],
            top,
            say(f"three rules: {name}"),
            transform=beside,
            fontsize=7.5,
            color=LIGHT.for_words(looks[name][0]) if name in looks else LIGHT.quiet,
            va="center",
        )
    for name, (colour, shape) in looks.items():
        panel.plot([column[name] - 0.1 / inches], [top], transform=beside, clip_on=False, marker=shape, markersize=5, color=colour)
    panel.add_patch(
        Rectangle(
            (column["bounds"] - 0.17 / inches, top - 0.16),
            0.13 / inches,
            0.32,
            transform=beside,
            color=LIGHT.band,
            linewidth=0,
            clip_on=False,
        )
    )
    for place, row in data.iterrows():
        at = float(place)  # type: ignore[arg-type]
        solid = row["publishable"] == "published"
        panel.text(
            left,
            at,
            row["name"],
            transform=beside,
            fontsize=8.5,
            fontweight="bold" if row["group_name"] == "world" else "normal",
            va="center",
        )
        high = 100.0 if pd.isna(row["upper"]) else row["upper"]
        panel.add_patch(Rectangle((row["lower"], at - 0.3), high - row["lower"], 0.6, color=LIGHT.band, linewidth=0, zorder=1))
        # One mark a little above the other, so that neither hides where the rules agree.
        for lane, (name, (colour, shape)) in zip((-0.15, 0.15), looks.items(), strict=True):
            if pd.notna(row[name]):
                face = colour if solid else LIGHT.ground
                panel.plot(
                    [row[name]],
                    [at + lane],
                    marker=shape,
                    markersize=4.8,
                    color=face,
                    markeredgecolor=colour,
                    markeredgewidth=1.2,
                    zorder=3,
                )
            words = said.number(row[name], 1) if pd.notna(row[name]) else "–"
            panel.text(column[name], at, words, transform=beside, fontsize=8.5, va="center")
        bounds = f"{said.number(row['lower'], 1)}–{said.number(high, 1)}"
        panel.text(column["bounds"], at, bounds, transform=beside, fontsize=8.5, va="center")
        coverage = said.percent(f"{100 * row['coverage']:.0f}")
        panel.text(column["coverage"], at if solid else at - 0.16, coverage, transform=beside, fontsize=8.5, va="center")
        if not solid:
            panel.text(
                column["coverage"],
                at + 0.22,
                say(row["publishable"]),
                transform=beside,
                fontsize=6.5,
                color=LIGHT.for_words(LIGHT.orange),
                va="center",
            )
    if said.direction == "rtl":
        turn_round(panel)
    told = chain(
        [
            say(
                "three rules: alt, group", group=row["name"], carried=said.number(row["interpolate and carry"], 1),
                renormalised=said.number(row["renormalised"], 1), low=said.number(row["lower"], 1), high=said.number(row["upper"], 1),
            )
            for row in data.to_dict("records")
        ],
        said,
    )  # fmt: skip
    alt = say("three rules: alt", groups=len(data), year=year, title=title, told=told)
    return Chart("three_rules", title, subtitle, figure, data, alt, source, said)
