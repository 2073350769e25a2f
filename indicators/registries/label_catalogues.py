"""The gettext catalogues of the labels, as they follow from the English of the registries and from what translators have written.

Nothing is written to disk here; `divide labels --update` does that.
"""

from __future__ import annotations

import re
from io import BytesIO
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from indicators.contracts.vocabulary import LabelKind, LabelStatus, Language
from indicators.registries.labels import (
    LANGUAGES,
    LOCALES,
    catalogue_path,
    economies_to_translate,
    english_labels,
    forms_of,
    plural_form,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from babel.messages.catalog import Message

    from indicators.registries.labels import Text

TEMPLATE = LOCALES / "labels.pot"

_COMMENT = f"""\
# Labels of the digital-divide indicators. `make labels` brings this file up
# to date with the English of the registries.
# The comment above a translation says where it comes from. If you have
# checked one, write "{LabelStatus.REVIEWED}" there.
# Words in braces stay as they are. A translation marked as fuzzy is not
# used: its English has changed, or its words in braces differ."""

#: Lines of the header that change with the clock and with the version of Babel, and say nothing about the translations.
_VOLATILE = re.compile(rb'^"(POT-Creation-Date|Generated-By): .*\n', re.MULTILINE)


def refreshed(of_charts: Iterable[Text] = ()) -> dict[Path, bytes]:
    """Return the template and the catalogue of each language as they should be now, by path.

    New labels are added without a translation; labels that no longer exist are left out. Where the English of a label has changed, its
    translation stays, marked as fuzzy, until a translator has looked at it.

    Args:
        of_charts: The text of the charts themselves.
    """
    from_english = template(of_charts)
    files = {TEMPLATE: _written(from_english)}
    for language in LANGUAGES:
        if language != Language.ENGLISH:
            path = catalogue_path(language)
            before = read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else _empty(language)
            files[path] = _written(merged(before, from_english))
    return files


def template(of_charts: Iterable[Text] = ()) -> Catalog:
    """Return what is to be translated, in English."""
    catalogue = _empty(None)
    for text in (*english_labels().values(), *of_charts):
        if text.kind == LabelKind.ECONOMY and text.key not in economies_to_translate():
            continue
        catalogue.add(
            (text.one, text.english) if text.number else text.english,
            context=f"{text.kind}: {text.key}",
            auto_comments=[f"{{{text.number}}} decides the form; in Russian decimals take that of 2."] if text.number else [],
        )
    return catalogue


def merged(catalogue: Catalog, from_english: Catalog) -> Catalog:
    """Bring a catalogue up to date with the template, in place, and return it: its labels in their order, with the translations it has."""
    before = {message.context: message for message in catalogue if message.id}
    catalogue.update(from_english, no_fuzzy_matching=True)
    for message in catalogue:
        old = before.get(message.context)
        if not message.id or old is None or not any(forms_of(old.string)):
            continue
        if old.id != message.id:
            forms = (*forms_of(old.string), *[""] * catalogue.num_plurals)[: catalogue.num_plurals]
            message.string = forms if message.pluralizable else forms_of(old.string)[-1]
            message.flags.add("fuzzy")
        elif not _placeholders_agree(message, str(catalogue.locale)):
            message.flags.add("fuzzy")
        stated = [comment for comment in old.user_comments if comment in list(LabelStatus)]
        message.user_comments = old.user_comments if stated else [LabelStatus.OWN, *old.user_comments]
    return catalogue


def _placeholders_agree(message: Message, language: str) -> bool:
    """Say whether a translation has the placeholders of its English; a form for one number alone may leave the number out."""
    forms = forms_of(message.string)
    wanted = _placeholders(forms_of(message.id)[-1])

    def agrees(number_of_form: int, form: str) -> bool:
        named = _placeholders(form)
        leaves_one_out = named < wanted and len(wanted - named) == 1
        return named == wanted or (message.pluralizable and leaves_one_out and _is_for_one_number(language, len(forms), number_of_form))

    return all(agrees(number_of_form, form) for number_of_form, form in enumerate(forms) if form)


def _is_for_one_number(language: str, forms: int, number_of_form: int) -> bool:
    """Say whether a plural form is that of one number alone, as the dual of Arabic is; in French 0 and 1 have one form."""
    return sum(plural_form(language, forms, number) == number_of_form for number in range(200)) == 1


def _placeholders(words: str) -> frozenset[str]:
    """Return the names in braces; of braces that do not match, the words, which agree with no other."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(words) if name is not None)
    except ValueError:
        return frozenset({words})


def _empty(language: str | None) -> Catalog:
    return Catalog(
        language,
        header_comment=_COMMENT,
        project="digital-divide",
        version="labels",
        msgid_bugs_address="digital-divide",
        last_translator="digital-divide",
        language_team="none",
        fuzzy=language is None,
    )


def _written(catalogue: Catalog) -> bytes:
    for message in catalogue:
        message.flags.discard("python-format")  # Babel takes the sign in "% a year" for one
    file = BytesIO()
    write_po(file, catalogue, ignore_obsolete=True)
    return _VOLATILE.sub(b"", file.getvalue())
