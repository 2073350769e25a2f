"""Each chart of a hand-made world looks as it was looked at and found good; a failure shows where it does not.

A picture in `tests/baseline/` that is deleted is drawn anew by the test, which fails once, so that somebody looks at it.
"""

import io
import os
from pathlib import Path

import pytest
from matplotlib.testing.compare import compare_images
from PIL import Image

from indicators.charts import LIGHT, rendering
from tests.indicators.charts.test_charts import ALL, by_vintage

BASELINE = Path(__file__).with_name("baseline")
#: Coarse, so that a picture is some ten kilobytes.
DOTS_PER_INCH = 48
#: Root mean square of the differences of all pixels, of 255; a label that moves by a pixel is beyond it.
TOLERANCE = 0.3


def drawn(draw):
    """Draw in sixteen greys, which are light to keep; that only the palette's colours are used is tested elsewhere."""
    picture = rendering._pixels(draw.__wrapped__(), DOTS_PER_INCH, LIGHT)
    buffer = io.BytesIO()
    picture.convert("L").quantize(16, dither=Image.Dither.NONE).save(buffer, format="png", optimize=True)
    return buffer.getvalue()


@pytest.mark.parametrize("draw", ALL, ids=lambda draw: draw.__name__)
def test_a_chart_looks_as_it_did(draw, tmp_path):
    picture = drawn(draw)
    baseline = BASELINE / f"{draw.__name__}.png"
    if not baseline.exists():
        baseline.parent.mkdir(exist_ok=True)
        baseline.write_bytes(picture)
        pytest.fail(f"{os.path.relpath(baseline)} was drawn anew: look at it, and run the test again")
    # The comparison writes its pictures beside the files it is given.
    for kind, content in (("expected", baseline.read_bytes()), ("actual", picture)):
        (tmp_path / f"{kind}.png").write_bytes(content)
    difference = compare_images(str(tmp_path / "expected.png"), str(tmp_path / "actual.png"), TOLERANCE)
    assert difference is None, difference


def test_a_label_that_is_gone_is_seen(tmp_path):
    chart = by_vintage.__wrapped__()
    for name in ("with", "without"):
        rendering._pixels(chart, DOTS_PER_INCH, LIGHT).save(tmp_path / f"{name}.png")
        chart.figure.axes[0].texts[-1].set_text("")
    assert "RMS" in compare_images(str(tmp_path / "with.png"), str(tmp_path / "without.png"), TOLERANCE)


def test_no_picture_is_left_of_a_chart_that_is_gone():
    names = {draw.__name__ for draw in ALL}
    kept = sorted(BASELINE.glob("*.png"))
    assert {path.stem for path in kept} == names
    assert all(Image.open(path).width == 8 * DOTS_PER_INCH and path.stat().st_size < 20_000 for path in kept)
