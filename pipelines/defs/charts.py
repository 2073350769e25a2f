"""The charts: drawn and rendered once, in one step, each with a preview; the files wait in the build folder for the publication."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from indicators.charts.registry import CHARTS
from pipelines.asset_descriptions import described
from pipelines.orchestration import asset_factory
from pipelines.publishing import chart_files
from pipelines.settings import Settings
from pipelines.warehouse.database import Warehouse


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            f"chart_{name}",
            deps=list(chart.inputs),
            group_name=asset_factory.group("charts"),
            kinds={"matplotlib"},
            description=described(
                f"chart_{name}",
                chart.description,
                "The picture is behind *Show Markdown* in the metadata; `finding` is the sentence it comes to, `source` what to cite. "
                f"`divide verify charts/{name}.png` computes again what it shows.",
                published=f"`charts/{name}.png`, `.svg` for light and `.dark.svg` for dark pages, and `.csv`, the numbers drawn",
            ),
        )
        for name, chart in CHARTS.items()
    ]
)
def charts(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], paths: dg.ResourceParam[Settings]) -> Iterator[Any]:
    """Draw every chart from the tables of this build."""
    from indicators.charts.drawing.rendering import preview

    for result in chart_files.charts(warehouse, paths.chart_files):
        shown: dict[str, Any] = {"finding": result.message, "dagster/row_count": 0}
        if chart := result.chart:
            picture = preview((paths.chart_files / f"{result.name}.png").read_bytes())
            shown |= {
                "preview": asset_factory.picture(picture, chart.text.alt),
                "source": chart.text.source,
                "dagster/row_count": len(chart.data),
            }
        yield asset_factory.materialized(context, f"chart_{result.name}", shown)
