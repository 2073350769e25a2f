"""The charts: drawn and rendered once, in one step, each with a preview; the files wait in the build folder for the publication."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from indicators.charts.registry import CHARTS
from indicators.contracts.declarations import Layer
from pipelines.orchestration import asset_factory
from pipelines.orchestration.resources import BuildDatabase
from pipelines.publishing import chart_files


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            f"chart_{name}",
            deps=list(chart.inputs),
            group_name=asset_factory.group(Layer.CHARTS),
            kinds={"matplotlib"},
            description=asset_factory.description(
                chart.description,
                "The picture is behind *Show Markdown* in the metadata; `finding` is its main result, `source` what to cite. "
                f"`divide verify charts/{name}.png` computes again what it shows.",
                f"**Published as** `charts/{name}.png`, `.svg` for light and `.dark.svg` for dark pages, and `.csv`, the numbers drawn.",
            ),
        )
        for name, chart in CHARTS.items()
    ]
)
def charts(context: dg.AssetExecutionContext, database: BuildDatabase) -> Iterator[Any]:
    """Draw every chart from the tables of this build."""
    from indicators.charts.drawing.rendering import preview  # here, because it loads matplotlib

    folder = database.home.settings.chart_files
    for result in chart_files.charts(database.warehouse, folder):
        shown: dict[str, Any] = {"finding": result.message, "dagster/row_count": 0}
        if chart := result.chart:
            picture = preview((folder / f"{result.name}.png").read_bytes())
            shown |= {
                "preview": asset_factory.picture(picture, chart.text.alt),
                "source": chart.text.source,
                "dagster/row_count": len(chart.data),
            }
        yield asset_factory.materialized(context, f"chart_{result.name}", shown)
