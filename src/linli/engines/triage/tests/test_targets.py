"""What the engine promises on texts it has not seen: groups are never split across folds."""

import pytest

from linli.engines.triage.evaluate import cross_validated, streamed


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    return cross_validated().figures() | streamed().duplicates()


@pytest.mark.parametrize(
    ("figure", "at_least"),
    [
        ("l1@1", 0.70),
        ("l2@3", 0.80),
        ("unit@1", 0.60),
        ("urgency", 0.85),
        ("emergency precision", 0.80),
        ("other routes recall", 0.70),
        ("duplicates F1", 0.75),
    ],
)
def test_a_figure_holds(figures: dict[str, float], figure: str, at_least: float) -> None:
    assert figures[figure] >= at_least


def test_hardly_any_emergency_is_missed(figures: dict[str, float]) -> None:
    assert figures["emergencies missed"] <= 1


def test_near_in_words_is_rarely_taken_for_the_same(figures: dict[str, float]) -> None:
    assert figures["hard negatives merged"] <= 0.10


def test_the_word_lists_carry_the_suggestion(figures: dict[str, float]) -> None:
    without = cross_validated(kinds=()).figures()

    assert figures["l2@3"] > without["l2@3"] + 0.5
