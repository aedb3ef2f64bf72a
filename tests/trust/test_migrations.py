"""The tables of the journal and the search as their migrations make them, on both databases."""

from pathlib import Path

from tests.trust.house import told_by


def test_migrations_leave_the_guards_and_the_table_of_words_and_can_go_back(
    data: Path, database_url: str
) -> None:
    told = told_by("migrate", data=data, url=database_url)
    guards = 2 if database_url else 6
    assert told == {
        "guards": guards, "words": True, "again": guards, "refused": ["update", "delete"], "back": 0, "words_back": False,
    }  # fmt: skip
