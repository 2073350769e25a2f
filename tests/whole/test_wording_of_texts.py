"""Every text of the project is free of the words that docs/naming.md lists: code, SQL, registries, templates and documents."""

from __future__ import annotations

import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMING = ROOT / "docs" / "naming.md"

# Files of others, machine-made files, and the two documents that quote the old words.
EXEMPT = ("pipelines/embedded/", "indicators/registries/locales/", "docs/naming.md", "CHANGELOG.md", "requirements.lock")

# Texts that need a listed word. The reason stands beside each.
ALLOWED = {
    "docs/methods.md": ("cannot tell",),  # plain English for a test that does not decide
    "indicators/claims/verdicts.py": ("cannot tell",),  # the same, in the sentence of a verdict
}


def listed_words() -> dict[str, str]:
    """Return the words of docs/naming.md that must not come back, each with what to write instead."""
    section = NAMING.read_text("utf-8").partition("## Words that must not come back")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")]
    return {word.strip(): instead for words, instead in rows[2:] for word in words.split(",")}


WORDS = listed_words()
PATTERN = re.compile(
    r"(?<![\w-])(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in WORDS) + r")(?![\w-])", re.IGNORECASE
)


def texts(path: str, content: str) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file with their lines: comments and strings of Python, all of another file, and words of the file's name."""
    yield 0, re.sub(r"[_-]", " ", Path(path).stem)
    if not path.endswith(".py"):
        yield 1, content
        return
    for token in tokenize.generate_tokens(io.StringIO(content).readline):
        if token.type in (tokenize.COMMENT, tokenize.STRING):
            yield token.start[0], token.string


def problems(path: str, content: str) -> list[str]:
    """Return each listed word of a file, with its line and what to write instead."""
    found = []
    for line, text in texts(path, content):
        for phrase in ALLOWED.get(path, ()):
            text = text.replace(phrase, "")
        for match in PATTERN.finditer(text):
            word = " ".join(match[0].casefold().split())
            found.append(f"{path}:{line + text[: match.start()].count(chr(10))}: {word!r}: {WORDS[word]}")
    return found


def files() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    kinds = (".py", ".sql", ".toml", ".md", ".html", ".js", ".typ")
    ours = [path for path in listed if path.endswith(kinds) and not path.startswith(("tests/", *EXEMPT))]
    return [path for path in ours if (ROOT / path).is_file()]


def test_no_text_has_a_listed_word():
    assert [problem for path in files() for problem in problems(path, (ROOT / path).read_text("utf-8"))] == []


def test_the_newest_section_of_the_changelog_has_none_outside_its_list_of_renamed_words():
    newest = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    parts = [part for part in newest.split("\n### ") if not part.startswith("Renamed")]
    assert problems("CHANGELOG.md", "\n".join(parts)) == []


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("indicators/planted.py", '"""The figure is not known here, and is not nought."""\n'),
        ("indicators/planted.py", "x = 1  # What the publisher has mended\n"),
        ("indicators/planted.py", 'message = "addresses parted by commas"\n'),
        ("sql/planted.sql", "-- Its door was shut.\nselect 1\n"),
        ("sql/checks/what_was_told.sql", "select 1\n"),
        ("docs/planted.md", "A member is left out for\nwant of a population.\n"),
    ],
)
def test_a_planted_word_is_found_with_its_file_and_line(path, content):
    [*_, problem] = problems(path, content)
    assert problem.startswith(f"{path}:")


def test_words_that_only_contain_a_listed_one_and_names_of_code_are_not_meant():
    assert problems("indicators/planted.py", 'outdoor = "outdoors"  # retold\ntold = 1\n') == []
