"""The pictures of the README, taken again: of the Dagster UI after a build, and of the chart it begins with.

python -m tests.support.pictures
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from indicators.contracts.declarations import Layer
from pipelines.orchestration.asset_factory import group
from tests.support import ui

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCS = ui.PROJECT / "docs"
#: Where Dagster's own navigation ends.
BESIDE = 240

CHART = "verdicts_of_the_resolution.png"


def main() -> None:
    """Build in a folder of its own, look, and keep what was seen."""
    # A short folder of no user: the UI shows paths.
    with tempfile.TemporaryDirectory(prefix="divide-") as folder:
        home = Path(folder)
        subprocess.run([sys.executable, "-m", "pipelines.cli", "build"], env={**os.environ, "DIVIDE_HOME": folder}, check=True)
        (DOCS / CHART).write_bytes(packed((home / "publication" / "charts" / CHART).read_bytes(), width=1600))
        with ui.started(home) as running, ui.chromium(width=1440, height=760) as page:
            for name, look in LOOKS.items():
                (DOCS / name).write_bytes(packed(look(page, running.url)))


def asset_graph(page: "Page", url: str) -> bytes:
    """The groups in the order of the flow, and what they are made of."""
    page.goto(f"{url}/asset-groups", wait_until="networkidle")
    page.get_by_text(group(Layer.PUBLICATION)).first.wait_for()
    page.wait_for_timeout(3000)  # the graph is laid out and comes to rest
    return page.screenshot(clip={"x": BESIDE, "y": 0, "width": 1440 - BESIDE, "height": 560})


def check(page: "Page", url: str) -> bytes:
    """A claim that the newest figures do not bear out: a check that warns, and says by how much."""
    page.goto(f"{url}/assets/verdicts?view=checks", wait_until="networkidle")
    page.get_by_text("supports_online_urban").first.click()
    page.get_by_text("0.4 points outside").first.wait_for()
    page.wait_for_timeout(1000)
    return page.screenshot(clip={"x": BESIDE, "y": 0, "width": 1440 - BESIDE, "height": 700})


def launchpad(page: "Page", url: str) -> bytes:
    """An example, ready to be launched."""
    page.goto(f"{url}/locations/pipelines.definitions/jobs/as_of_adoption/playground", wait_until="networkidle")
    page.get_by_text("published_until").first.wait_for()
    page.wait_for_timeout(2000)
    return page.screenshot(clip={"x": BESIDE, "y": 0, "width": 1440 - BESIDE, "height": 760})


def chart(page: "Page", url: str) -> bytes:
    """A chart's preview, as the run history keeps it."""
    page.goto(f"{url}/assets/chart_internet_use_over_time", wait_until="networkidle")
    page.get_by_text("[Show Markdown]").first.click()
    page.locator("img[src^='data:image/png']").first.wait_for()
    page.wait_for_timeout(1000)
    return page.screenshot(clip={"x": BESIDE, "y": 0, "width": 1440 - BESIDE, "height": 760})


LOOKS = {"ui_asset_graph.png": asset_graph, "ui_check.png": check, "ui_launchpad.png": launchpad, "ui_chart.png": chart}


def packed(png: bytes, width: int = 0) -> bytes:
    """Return a picture in a palette of 128 colours, which is enough for a screen and a third of the weight; narrower, if asked."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    if width:
        picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


if __name__ == "__main__":
    main()
