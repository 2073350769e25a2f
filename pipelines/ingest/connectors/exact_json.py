"""JSON as the publishers send it: read without losing a digit, written so that the same content gives the same bytes.

The meaning of the content belongs to each connector.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from pipelines.ingest.connectors.session import Answer, Judgement, SourceUnusable

# Decimals are carried through as marked text and unmarked at the end: parsed and printed again, 67.10 would come out as 67.1.
_MARK = "\ue000"  # a character for private use; an answer that holds it is refused
_MARKED_DECIMAL = re.compile(r'"\\ue000([-+0-9.eE]+)\\ue000"')


def parse(answer: Answer) -> Any:
    """Return the document of an answer, its decimals as marked text that only `canonical` understands.

    Raises:
        SourceUnusable: The body is not JSON; NaN and Infinity, which Python reads, are none.
    """
    try:
        text = answer.content.decode("utf-8-sig")
        if _MARK in text or "\\ue000" in text.lower():
            raise ValueError("it holds a character for private use, U+E000")
        return json.loads(text, parse_float=lambda number: f"{_MARK}{number}{_MARK}", parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise SourceUnusable(f"{answer.url}: not valid JSON ({error}); try again later") from error


def canonical(document: Any) -> bytes:
    """Return a document as bytes: keys sorted, no spaces, ASCII, every decimal as received."""
    return _MARKED_DECIMAL.sub(r"\1", _text(document)).encode("ascii")


def in_order(rows: Iterable[Any]) -> list[Any]:
    """Return rows in an order that depends on their content alone."""
    return sorted(rows, key=_text)


def different(rows: Iterable[Any]) -> int:
    """Return how many different rows there are; those that are the same in every field count once."""
    return len(set(map(_text, rows)))


def judge_object(status: int, body: bytes) -> Judgement | None:
    """Judge answers that should be a JSON object: an answer with status 200 that is not one is a passing error, worth repeating."""
    return _judge(status, body, b"{", b"}", "object")


def judge_array(status: int, body: bytes) -> Judgement | None:
    """Judge answers that should be a JSON array, as `judge_object` does objects."""
    return _judge(status, body, b"[", b"]", "array")


def _judge(status: int, body: bytes, opening: bytes, closing: bytes, kind: str) -> Judgement | None:
    if status != 200:
        return None
    text = body.removeprefix(b"\xef\xbb\xbf").strip()
    if text.startswith(opening):
        return None if text.endswith(closing) else Judgement("passing", "the JSON was cut off")
    if not text:
        return Judgement("passing", "an empty answer was received instead of JSON")
    beginning = text[:500].lower()
    if beginning.startswith(b"<?xml") and b"<html" not in beginning:
        return Judgement("passing", "XML was received instead of JSON")
    if beginning.startswith(b"<"):
        return Judgement("passing", "an HTML page was received instead of JSON")
    return Judgement("passing", f"{text[:40].decode(errors='replace')!r} was received instead of a JSON {kind}")


def _text(document: Any) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
