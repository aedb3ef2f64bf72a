"""The draw itself, from a public text: anybody who has the file and the text can repeat it by hand.

1. A number from the text: SHA-256 of ``text + "|panel"`` as a whole number, taken again with ``|1``, ``|2`` … behind it
   while it falls in the uneven rest; its remainder by the number of shares falls on one panel of the list.
2. A ticket for each person: SHA-256 of ``text + "|" + id``. Each kind fills its seats from the lowest ticket up; of
   households, whose ticket is that of ``text + "|home|" + household``, first the lowest household, and there the member.
"""

from collections.abc import Collection, Iterator
from hashlib import sha256

from linli.engines.sortition.chances import SHARES, Lottery
from linli.engines.sortition.pool import Kind, Person, Pool, households

SPACE = 2**256


def number_from(text: str, below: int) -> int:
    """A whole number from 0 to ``below`` − 1, each equally likely over all texts. O(1)."""
    even = SPACE - SPACE % below
    turn, found = 0, SPACE
    while found >= even:
        said = f"{text}|panel" + (f"|{turn}" if turn else "")
        found = int.from_bytes(sha256(said.encode()).digest(), "big")
        turn += 1
    return found % below


def ticket(text: str, id_: str) -> bytes:
    return sha256(f"{text}|{id_}".encode()).digest()


def draw(lottery: Lottery, text: str) -> tuple[str, ...]:
    """The ids of the panel that ``text`` draws, sorted. O(people)."""
    left = number_from(text, SHARES)
    composition = next(
        seats
        for seats, share in zip(lottery.compositions, lottery.shares, strict=True)
        if (left := left - share) < 0
    )
    pool = lottery.panels.pool
    chosen: list[str] = []
    for at, kind in enumerate(pool.kinds.all):
        if not kind.home:
            lowest = sorted(kind.people, key=lambda person: ticket(text, person.id))
            chosen += [person.id for person in lowest[: composition[at]]]
    for members, _ in pool.kinds.shared_homes:
        chosen += _from_homes([(pool.kinds.all[at], composition[at]) for at in members], text)
    return tuple(sorted(chosen))


def _from_homes(seats: list[tuple[Kind, int]], text: str) -> Iterator[str]:
    """One of each household: the lowest households seat the first kind, the next ones the second, and so on."""
    homes = households(person for kind, _ in seats for person in kind.people)
    waiting = iter(sorted(homes, key=lambda name: ticket(text, f"home|{name}")))
    for kind, count in seats:
        for _seat in range(count):
            home = next(waiting)
            fitting = [person for person in homes[home] if person.values == kind.values]
            yield min(fitting, key=lambda person: ticket(text, person.id)).id


def reserves(pool: Pool, panel: Collection[str], text: str) -> tuple[str, ...]:
    """One for each seat as far as there are people: first those like the one who sits there, then whoever comes next.

    In the order in which they are asked. O(people × seats).
    """
    by_id = {person.id: person for person in pool.people}
    homes = {by_id[id_].household for id_ in panel} - {""} if pool.one_of_household else set()
    waiting = [p for p in sorted(pool.people, key=lambda p: ticket(text, p.id)) if p.id not in panel]
    waiting = [person for person in waiting if person.household not in homes]
    found: list[str] = []
    for seat in sorted(panel, key=lambda id_: ticket(text, id_)):
        like = next((p for p in waiting if p.values == by_id[seat].values), None)
        if like is not None:
            waiting.remove(like)
            found.append(like.id)
    return tuple([*found, *(person.id for person in waiting)][: len(panel)])


def replacement(pool: Pool, panel: Collection[str], leaving: str, text: str) -> str | None:
    """Who takes the place of somebody who leaves, with every quota still met; the lowest ticket, or nobody. O(people)."""
    staying = [person for person in pool.people if person.id in panel and person.id != leaving]
    homes = {person.household for person in staying} - {""} if pool.one_of_household else set()
    others = (p for p in pool.people if p.id not in panel and p.household not in homes)
    for person in sorted(others, key=lambda person: ticket(text, person.id)):
        if meets([*staying, person], pool):
            return person.id
    return None


def meets(people: Collection[Person], pool: Pool) -> bool:
    """Whether these people together meet every quota."""
    for quota in pool.quotas:
        at = pool.features.index(quota.feature)
        if not quota.least <= sum(person.values[at] == quota.value for person in people) <= quota.most:
            return False
    return True
