"""A chart is compared with the database: any number that is changed, in the picture, in the database or in the data CSV, is found."""

import io
import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from indicators.charts import registry
from indicators.charts.drawing.palette import DARK
from indicators.charts.drawing.rendering import render
from indicators.charts.provenance import read_provenance
from indicators.registries.labels import LANGUAGES
from pipelines import provenance
from pipelines.cli.main import divide
from pipelines.publication import build_id
from pipelines.publication.datapackage import DESCRIPTOR, read_descriptor
from pipelines.publication.documents import pdf
from pipelines.publishing import chart_files, publish, verify
from pipelines.settings import DATABASE
from tests.support.data_homes import DataHome

CHART = "gap_by_income"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A house with a publication of two charts, really drawn."""
    few = {name: registry.CHARTS[name] for name in (CHART, "world_figure_by_vintage")}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(registry, "CHARTS", few)
        patched.setattr(pdf, "pdf", lambda brief: b"brief")
        house = DataHome.in_folder(tmp_path_factory.mktemp("house"))
        house.build()
        house.publish()
        yield house


@pytest.fixture
def paths(built, tmp_path):
    """A copy of the house, to change."""
    return built.copy_to(tmp_path / "home").paths


def chart(paths, form):
    return paths.publication / "charts" / f"{CHART}.{form}"


def reported(finding):
    return [(difference.what, difference.where, difference.printed, difference.recomputed) for difference in finding.differences]


@pytest.mark.parametrize("form", build_id.FORMS)
def test_a_chart_as_published_reproduces_wherever_it_has_gone(built, tmp_path, form):
    gone = tmp_path / f"{CHART}.{form}"
    shutil.copy(chart(built.paths, form), gone)
    finding = verify.verify(gone, built.paths)
    assert finding.reproduces, reported(finding)
    assert (finding.chart, finding.notes) == (CHART, ())


def test_a_dark_png_reproduces_too(built, tmp_path):
    provenance = read_provenance(chart(built.paths, "png").read_bytes())
    again = chart_files.make_chart(CHART, verify.Published(built.paths.database))
    dark = tmp_path / "dark.png"
    dark.write_bytes(render(again, "png", provenance, DARK))
    assert verify.verify(dark, built.paths).reproduces


@pytest.fixture(scope="module")
def translated(built, tmp_path_factory):
    """The chart in each other language, as `divide charts` writes it."""
    folder = tmp_path_factory.mktemp("translated")
    build = read_provenance(chart(built.paths, "png").read_bytes()).build
    published = verify.Published(built.paths.database)
    for language in set(LANGUAGES) - {"en"}:
        assert all(result.chart for result in chart_files.translated([CHART], language, published, build, folder))
    return folder


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_a_chart_in_another_language_reproduces_and_says_which(built, translated, language):
    files = [translated / f"{CHART}.{language}.{form}" for form in build_id.FORMS]
    files = [file for file in files if file.exists()]
    assert {"csv", "svg"} <= {file.suffix[1:] for file in files}
    for file in files:
        finding = verify.verify(file, built.paths)
        assert finding.reproduces, reported(finding)
        assert (finding.chart, finding.notes) == (CHART, ())
    assert read_provenance((translated / f"{CHART}.{language}.svg").read_bytes()).language == language


def test_a_png_on_a_dark_ground_is_written_where_it_is_asked_for_and_reproduces(built, tmp_path):
    build = read_provenance(chart(built.paths, "png").read_bytes()).build
    list(chart_files.translated([CHART], "en", verify.Published(built.paths.database), build, tmp_path, dark_png=True))
    file = tmp_path / f"{CHART}.en.dark.png"
    assert Image.open(file).convert("L").getpixel((0, 0)) < 60
    assert verify.verify(file, built.paths).reproduces


def test_a_word_changed_in_a_chart_in_another_language_is_found(built, translated, tmp_path):
    forged = tmp_path / "forged.svg"
    picture = (translated / f"{CHART}.fr.svg").read_text("utf-8")
    assert picture.count("revenu faible") > 2
    forged.write_text(picture.replace("revenu faible", "revenu moyen"), "utf-8")
    assert ("words", "title") in {line[:2] for line in reported(verify.verify(forged, built.paths))}


def test_a_data_csv_in_another_language_is_known_by_its_name_and_a_language_that_is_none_is_refused(built, translated, tmp_path):
    renamed = tmp_path / f"{CHART}.de.csv"
    shutil.copy(translated / f"{CHART}.fr.csv", renamed)
    with pytest.raises(verify.CannotVerify, match=f"no chart is called {CHART}.de"):
        verify.verify(renamed, built.paths)
    as_spanish = renamed.rename(tmp_path / f"{CHART}.es.csv")
    assert not verify.verify(as_spanish, built.paths).reproduces


def test_a_png_drawn_with_a_font_that_is_not_here_is_not_drawn_again_and_says_so(built, translated, tmp_path, monkeypatch):
    png = tmp_path / "chinese.png"
    info = PngInfo()
    picture = Image.open(translated / f"{CHART}.fr.png")
    picture.load()
    for key, text in picture.info.items():
        if isinstance(text, str):
            info.add_itxt(key, text)
    info.add_itxt("Font", "A font of elsewhere")
    picture.save(png, pnginfo=info)
    finding = verify.verify(png, built.paths)
    assert finding.reproduces
    assert finding.notes == ("it was drawn with A font of elsewhere, and this machine would use none, so the drawing was not compared",)


def test_the_provenance_says_what_the_picture_was_made_of(built):
    of_png, of_svg = (read_provenance(chart(built.paths, form).read_bytes()) for form in ("png", "svg"))
    assert of_png == of_svg == read_provenance(chart(built.paths, "dark.svg").read_bytes())
    assert of_png.table == chart(built.paths, "csv").read_text("utf-8")
    assert of_png.code == provenance.code_version()
    descriptor = read_descriptor(built.paths.publication)
    assert {file.source for file in of_png.vintages} == {"itu-facts-and-figures"}
    assert all(descriptor.snapshots[file.snapshot] == file.sha256 for file in of_png.vintages)
    assert of_png.build == build_id.fingerprint(descriptor.code, descriptor.snapshots)
    assert of_png.licence
    assert of_png.alt.startswith("Dumbbell chart")


def test_another_run_of_the_same_build_writes_the_same_bytes(built, tmp_path):
    with built.warehouse.held():
        for _ in chart_files.charts(built.warehouse, tmp_path / "again"):
            pass
    for path in sorted((tmp_path / "again").iterdir()):
        assert path.read_bytes() == (built.paths.publication / "charts" / path.name).read_bytes(), path.name


def _first_value(table):
    """Return the first value of side a as it is written."""
    head, row = table.splitlines()[:2]
    return dict(zip(head.split(","), row.split(","), strict=True))["value_a"]


@pytest.mark.parametrize("form", ["svg", "dark.svg"])
def test_a_number_changed_in_the_provenance_of_an_svg_is_found(paths, form):
    path = chart(paths, form)
    value = _first_value(read_provenance(path.read_bytes()).table)
    text = path.read_text("utf-8")
    start = text.index("<provenance")
    path.write_text(text[:start] + text[start:].replace(f",{value},", ",12.3,", 1), "utf-8")
    assert reported(verify.verify(path, paths)) == [("table", "row 1, value_a", "12.3", value)]


def test_a_number_changed_in_the_drawing_alone_is_found(paths):
    path = chart(paths, "svg")
    value = _first_value(read_provenance(path.read_bytes()).table)
    text = path.read_text("utf-8")
    assert len(re.findall(rf">{re.escape(value)}</text>", text)) == 1
    path.write_text(text.replace(f">{value}</text>", ">12.3</text>"), "utf-8")
    [(what, where, printed, recomputed)] = reported(verify.verify(path, paths))
    assert (what, where.split()[0]) == ("drawing", "line")
    assert ">12.3<" in printed
    assert f">{value}<" in recomputed


def _saved_anew(path, provenance, change=lambda picture: picture):
    """Save a PNG as another program would that keeps the provenance."""
    picture = Image.open(io.BytesIO(path.read_bytes()))
    info = PngInfo()
    info.add_itxt("Provenance", provenance)
    change(picture.convert("RGB")).save(path, pnginfo=info)


def test_a_number_changed_in_the_provenance_of_a_png_is_found(paths):
    path = chart(paths, "png")
    provenance = read_provenance(path.read_bytes())
    value = _first_value(provenance.table)
    _saved_anew(path, provenance.as_json().replace(f",{value},", ",12.3,", 1))
    assert reported(verify.verify(path, paths)) == [("table", "row 1, value_a", "12.3", value)]


def test_a_pixel_changed_in_a_png_is_found_and_other_packing_is_not(paths):
    path = chart(paths, "png")
    provenance = read_provenance(path.read_bytes()).as_json()
    _saved_anew(path, provenance)
    assert verify.verify(path, paths).reproduces

    def spotted(picture):
        picture.putpixel((700, 500), (1, 2, 3))
        return picture

    _saved_anew(path, provenance, spotted)
    assert [entry[:2] for entry in reported(verify.verify(path, paths))] == [("drawing", "pixels from 700, 500 to 701, 501")]


def test_a_number_changed_in_the_data_csv_is_found_and_the_way_it_is_written_is_not(paths):
    path = chart(paths, "csv")
    text = path.read_text("utf-8")
    value = _first_value(text)
    path.write_text(text.replace(f",{value},", f",{value}000,", 1), "utf-8")
    assert verify.verify(path, paths).reproduces
    path.write_text(text.replace(f",{value},", ",,", 1), "utf-8")
    assert reported(verify.verify(path, paths)) == [("table", "row 1, value_a", "", value)]
    path.write_text("\n".join(text.splitlines()[:-1]) + "\n", "utf-8")
    rows = len(text.splitlines()) - 1
    assert reported(verify.verify(path, paths))[0] == ("table", "number of rows", str(rows - 1), str(rows))


@pytest.mark.parametrize("form", build_id.FORMS)
def test_a_number_changed_in_the_database_is_found(paths, form):
    value = float(_first_value(chart(paths, "csv").read_text("utf-8")))
    with duckdb.connect(str(paths.database)) as connection:
        connection.execute("update gaps set value_a = value_a + 1 where value_a = ? and divide = 'income'", [value])
    assert ("table", "row 1, value_a", str(value), str(value + 1)) in reported(verify.verify(chart(paths, form), paths))


def test_a_vintage_whose_bytes_are_no_longer_those_is_found(paths):
    provenance = read_provenance(chart(paths, "png").read_bytes())
    name = provenance.vintages[0].snapshot
    with duckdb.connect(str(paths.database)) as connection:
        connection.execute("update snapshots set sha256 = 'other' where snapshot = ?", [name])
    assert ("vintage", name, provenance.vintages[0].sha256, "other") in reported(verify.verify(chart(paths, "png"), paths))


def test_a_chart_of_an_older_publication_is_held_against_that_one(paths):
    old = paths.publication.resolve()
    newer = old.with_name("29990101T000000-newer")
    shutil.copytree(old, newer)
    publish._point(paths.publication, newer)
    descriptor = json.loads((newer / DESCRIPTOR).read_text("utf-8"))
    (newer / DESCRIPTOR).write_text(json.dumps(descriptor | {"code": "newer"}), "utf-8")
    assert verify.verify(chart(paths, "png"), paths).publication == old.name
    shutil.rmtree(old)
    finding = verify.verify(chart(paths, "png"), paths)
    assert finding.publication == newer.name
    assert "no publication here was made from the same files by the same code" in finding.notes[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.png", None, "No such file"),
        ("mine.csv", b"a,b\n1,2\n", "no chart is called mine"),
        ("broken.png", b"\x89PNG\r\n\x1a\nrubbish", "cannot be read"),
        ("plain.svg", b"<svg></svg>", "holds no provenance"),
        ("torn.svg", b'<svg><provenance xmlns="urn:digital-divide:provenance">{</provenance></svg>', "its provenance cannot be read"),
        ("page.html", b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_is_no_chart_is_refused_in_one_line(built, tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(verify.CannotVerify, match=said) as caught:
        verify.verify(path, built.paths)
    assert "\n" not in str(caught.value)


def run(home, *arguments):
    """Run the command in a data home."""
    return CliRunner(env={"DIVIDE_HOME": str(home)}).invoke(divide, ["verify", *map(str, arguments)])


def test_the_command_says_it_in_words_in_json_and_by_its_exit_code(paths):
    assert (paths.publication / DATABASE).exists()
    path = chart(paths, "csv")
    good = run(paths.home, path)
    assert good.exit_code == 0
    assert "was reproduced from publication" in good.output
    assert f"(chart {CHART})" in good.output
    assert json.loads(run(paths.home, path, "--json").output)["reproduces"] is True
    value = _first_value(path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(f",{value},", ",12.3,", 1), "utf-8")
    bad = run(paths.home, path)
    assert bad.exit_code == 1
    assert f"table, row 1, value_a: printed 12.3, recomputed {value}" in bad.output
    found = json.loads(run(paths.home, path, "--json").output.splitlines()[0])
    assert found["differences"] == [{"what": "table", "where": "row 1, value_a", "printed": "12.3", "recomputed": value}]
    assert run(paths.home, Path("nowhere.png")).exit_code == 3
