"""The nouns of a conversation: statements, votes on them, and who said what last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Id = int | str
Floats = NDArray[np.float64]

LONGEST_ID = 64
LONGEST_NUMBER = 18

AGREE, PASS, DISAGREE = 1, 0, -1
OUT = -1  # moderated: not shown, not on the map


def in_order(key: Id) -> tuple[int, int, str]:
    """Numbers by value before words by letters: the one order in which everything is computed."""
    return (0, key, "") if isinstance(key, int) else (1, 0, key)


def written_id(text: str) -> Id | None:
    """The id that a text means: a number when it is written as one. None when it is empty, too long or padded."""
    if (
        len(text) <= LONGEST_NUMBER
        and text.isascii()
        and text.isdecimal()
        and (text[0] != "0" or text == "0")
    ):
        return int(text)
    return text if 0 < len(text) <= LONGEST_ID and text == text.strip() else None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that people vote on. `moderated`: 1 accepted, 0 undecided, -1 out. Meta: a question about people."""

    id: Id
    text: str = ""
    moderated: int = 0
    is_meta: bool = False
    author: Id | None = None
    at: int = 0

    @property
    def counts(self) -> bool:
        return self.moderated != OUT and not self.is_meta


@dataclass(frozen=True, slots=True)
class Vote:
    """`at` is when, in milliseconds; only the order of a person's votes on one statement matters."""

    participant: Id
    statement: Id
    value: int
    at: int = 0

    def __post_init__(self) -> None:
        if self.value not in (AGREE, PASS, DISAGREE):
            raise ValueError(f"A vote is 1, 0 or -1, not {self.value}.")


@dataclass(slots=True)
class Conversation:
    """Statements by id, and the vote that counts for each (participant, statement): (when, value)."""

    statements: dict[Id, Statement] = field(default_factory=dict)
    said: dict[tuple[Id, Id], tuple[int, int]] = field(default_factory=dict)
    topic: str = ""

    @classmethod
    def of(cls, votes: Iterable[Vote], statements: Iterable[Statement] = ()) -> "Conversation":
        conversation = cls({statement.id: statement for statement in statements})
        for vote in votes:
            conversation.hear(vote.participant, vote.statement, vote.value, vote.at)
        return conversation

    def hear(self, participant: Id, statement: Id, value: int, at: int) -> None:
        """The last vote counts. Two different ones at the same moment count as a pass, in whatever order they came."""
        key = (participant, statement)
        before = self.said.get(key)
        if before is None or before[0] < at:
            self.said[key] = (at, value)
        elif before[0] == at and before[1] != value:
            self.said[key] = (at, PASS)
        if statement not in self.statements:
            self.statements[statement] = Statement(statement)

    @property
    def participants(self) -> list[Id]:
        return sorted({person for person, _ in self.said}, key=in_order)

    def matrix(self) -> "Matrix":
        """People by statements that count, both in order of their ids."""
        people = self.participants
        rows = {person: row for row, person in enumerate(people)}
        ids = sorted((one.id for one in self.statements.values() if one.counts), key=in_order)
        columns = {key: column for column, key in enumerate(ids)}
        return Matrix.of(people, ids, self._cells(rows, columns))

    def _cells(self, rows: Mapping[Id, int], columns: Mapping[Id, int]) -> NDArray[np.int64]:
        found = [
            (rows[person], columns[statement], value)
            for (person, statement), (_, value) in self.said.items()
            if statement in columns
        ]
        return np.array(found, dtype=np.int64).reshape(-1, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Votes as numbers: `values` and `seen` are (people, statements), -1, 0 or 1 and 0 or 1, zero where nobody voted."""

    participants: tuple[Id, ...]
    statements: tuple[Id, ...]
    values: NDArray[np.float32]
    seen: NDArray[np.float32]

    @classmethod
    def of(cls, people: Iterable[Id], statements: Iterable[Id], cells: NDArray[np.int64]) -> "Matrix":
        """From rows of (row, column, value)."""
        people, statements = tuple(people), tuple(statements)
        values = np.zeros((len(people), len(statements)), dtype=np.float32)
        seen = np.zeros_like(values)
        values[cells[:, 0], cells[:, 1]] = cells[:, 2]
        seen[cells[:, 0], cells[:, 1]] = 1
        return cls(people, statements, values, seen)
