"""Why the engine suggests what it does, in sentences for the desk."""

import pytest
from django.utils import translation

from linli.engines.triage import Reason
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries.triaged import MOST_REASONS, reasons_kept, reasons_of


def said(*words: str, of: str = "0203") -> Reason:
    return Reason("words", of, words)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", "话里提到“门厅 灯、感应灯”：楼道照明"),
        ("en", "It says “门厅 灯、感应灯”: Stairwell lighting"),
    ],
)
def test_all_words_for_one_category_stand_in_one_sentence(language: str, told: str) -> None:
    kept = reasons_kept([said("门厅", "灯"), said("感应灯"), said("感应灯")])

    with translation.override(language):
        assert [str(reason) for reason in reasons_of(Appeal(suggestion={"why": kept}))] == [told]


def test_only_the_first_few_are_kept() -> None:
    assert len(reasons_kept(said("灯", of=f"020{n}") for n in range(1, 8))) == MOST_REASONS
