"""An area is found by code, number, name or words of its own; nothing is guessed."""

from types import SimpleNamespace

import pytest

from pipelines.publication.briefs.area_lookup import AreaUnclear, find_area

AREAS = [
    SimpleNamespace(code=code, name=name, m49=m49)
    for code, name, m49 in [
        ("KEN", "Kenya", "404"), ("CIV", "Côte d’Ivoire", "384"), ("COD", "Congo, Dem. Rep.", "180"), ("COG", "Congo, Rep.", "178"),
        ("GIN", "Guinea", "324"), ("GNB", "Guinea-Bissau", "624"), ("VNM", "Viet Nam", "704"),
        ("ldc", "Least developed countries", None), ("itu-africa", "Africa (ITU region)", None),
    ]
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *(("KEN", "KEN"), ("ken", "KEN"), ("404", "KEN"), ("kenya", "KEN"), ("COTE D'IVOIRE", "CIV"), ("guinea", "GIN")),
        *(("bissau", "GNB"), ("vietnam", "VNM"), ("LDC", "ldc"), ("least developed", "ldc"), ("africa", "itu-africa")),
        ("Congo Dem Rep", "COD"),
    ],
)
def test_an_area_is_found_by_code_number_name_or_unique_words(words, code):
    assert find_area(words, AREAS).code == code


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("congo", "'congo' could be COD (Congo, Dem. Rep.) or COG (Congo, Rep.): name one by its code"),
        ("kenia", "no economy or group is called 'kenia'; did you mean KEN (Kenya)?"),
        ("KNE", "no economy or group is called 'KNE'; areas/index.html of the publication lists all of them"),
        ("", "no economy or group is called ''; areas/index.html of the publication lists all of them"),
    ],
)
def test_words_that_name_no_area_or_several_are_refused_with_suggestions(words, message):
    with pytest.raises(AreaUnclear) as refused:
        find_area(words, AREAS)
    assert str(refused.value) == message
