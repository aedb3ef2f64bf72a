"""A session that is going on: votes arrive in batches, and the map follows.

What is expensive, the sums over all people, is a table of whole numbers; a batch changes it by the rows of those who
voted, exactly. The rest is computed anew, so the map has the same bits as if everything had been.
"""

from collections.abc import Iterable

import numpy as np

from linli.engines.opinions.components import Moments
from linli.engines.opinions.conversation import Conversation, Id, Matrix, Statement, Vote, in_order
from linli.engines.opinions.opinion_map import ENOUGH_VOTES, LEAST_MEMBERS, OpinionMap, map_of

ROOM = 64  # rows or columns to begin with


class Session:
    """Keeps the votes of a conversation as a matrix in the order of arrival, and its moments. For one thread at a time."""

    def __init__(self, conversation: Conversation | None = None) -> None:
        """Goes on from a conversation, whose votes it takes over; the conversation then belongs to the session."""
        self.conversation = conversation or Conversation()
        self._rows: dict[Id, int] = {}
        self._columns: dict[Id, int] = {}
        self._values = np.zeros((ROOM, ROOM), dtype=np.float32)
        self._seen = np.zeros((ROOM, ROOM), dtype=np.float32)
        self._moments = Moments(*(np.zeros((ROOM, ROOM)) for _ in range(3)))
        self._take_in(self.conversation.said)

    def moderate(self, statement: Statement) -> None:
        """Add a statement or judge it anew; one that is out or meta leaves the map and comes back with its votes."""
        self.conversation.statements[statement.id] = statement

    def hear(self, votes: Iterable[Vote]) -> None:
        """A batch. The last vote of a person on a statement counts. O(people who voted x statements²)."""
        changed = {}
        for vote in votes:
            self.conversation.hear(vote.participant, vote.statement, vote.value, vote.at)
            changed[vote.participant, vote.statement] = True
        self._take_in(changed)

    def map(
        self, *, k: int | None = None, least: int = LEAST_MEMBERS, votes: int = ENOUGH_VOTES
    ) -> OpinionMap:
        """As :func:`opinion_map` of all votes so far, to the bit."""
        people = sorted(self._rows, key=in_order)
        ids = sorted((s.id for s in self.conversation.statements.values() if s.counts), key=in_order)
        self._make_room(ids)
        rows = np.array([self._rows[person] for person in people], dtype=np.int64)
        columns = np.array([self._columns[one] for one in ids], dtype=np.int64)
        chosen = np.ix_(rows, columns)
        matrix = Matrix(tuple(people), tuple(ids), self._values[chosen], self._seen[chosen])
        return map_of(matrix, self._moments.only(columns), k=k, least=least, votes=votes)

    def _take_in(self, changed: Iterable[tuple[Id, Id]]) -> None:
        keys = list(changed)
        for person, _ in keys:
            self._rows.setdefault(person, len(self._rows))
        self._make_room([statement for _, statement in keys])
        cells = np.array([(self._rows[p], self._columns[s]) for p, s in keys], dtype=np.int64).reshape(-1, 2)
        values = np.array([self.conversation.said[key][1] for key in keys], dtype=np.float32)
        touched = np.unique(cells[:, 0])
        before = Moments.of(self._values[touched], self._seen[touched])
        self._values[cells[:, 0], cells[:, 1]] = values
        self._seen[cells[:, 0], cells[:, 1]] = 1
        self._moments = self._moments - before + Moments.of(self._values[touched], self._seen[touched])

    def _make_room(self, statements: Iterable[Id]) -> None:
        for statement in statements:
            self._columns.setdefault(statement, len(self._columns))
        height, width = self._values.shape
        more = (_beyond(height, len(self._rows)), _beyond(width, len(self._columns)))
        if more != (0, 0):
            by_rows = ((0, more[0]), (0, more[1]))
            self._values, self._seen = np.pad(self._values, by_rows), np.pad(self._seen, by_rows)
            square = ((0, more[1]), (0, more[1]))
            tables = (self._moments.values, self._moments.crossed, self._moments.seen)
            self._moments = Moments(*(np.pad(table, square) for table in tables))


def _beyond(has: int, needs: int) -> int:
    """How much to grow: by half as much again, so that growing costs little in all."""
    return 0 if needs <= has else max(needs, has * 3 // 2) - has
