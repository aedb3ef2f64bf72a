"""At the same moment: one winner, one number each, one chain. And the proof that the races are real."""

from pathlib import Path

from tests.trust.house import told_by


def test_of_many_who_take_the_same_step_exactly_one_succeeds(data: Path, database_url: str) -> None:
    told = told_by("races", "same_move", 20, 6, data=data, url=database_url)
    assert told == {"moved": [1], "cases": 40, "steps": 40, "turns": [1]}


def test_without_compare_and_set_several_would_succeed(data: Path, database_url: str) -> None:
    told = told_by("races", "naive_move", 20, 6, data=data, url=database_url)
    assert told["rounds_with_two_winners"] > 0


def test_eight_processes_never_draw_the_same_number(data: Path, database_url: str) -> None:
    told = told_by("races", "numbers", 40, 8, data=data, url=database_url)
    assert told == {"drawn": 320, "different": 320, "highest": 320}


def test_sealers_at_once_never_fork_the_chain(data: Path, database_url: str) -> None:
    told = told_by("races", "sealers", 25, 6, data=data, url=database_url)
    assert told["sealed_while_racing"] > 0
    assert (told["ok"], told["why"], told["dense"], told["unsealed"]) == (True, "", True, 0)
    assert (told["entries"], told["sealed"]) == (75, 75)
