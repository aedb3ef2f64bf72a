"""A conversation as Polis exports it: votes, statements, people by statements, and a summary. UTF-8, CSV."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from linli.engines.opinions.conversation import AGREE, DISAGREE, Conversation, Id, in_order
from linli.engines.opinions.opinion_map import NO_GROUP, OpinionMap

LAST = 253_402_300_800_000  # the year 10000


def write(conversation: Conversation, folder: Path, the_map: OpinionMap | None = None) -> None:
    """Into a folder that exists: what :func:`read` reads gives the same conversation. With a map, also its groups.

    These files say how each participant voted: they are for whoever may count, not for the public.
    """
    _write(folder / "votes.csv", _votes(conversation))
    _write(folder / "comments.csv", _comments(conversation))
    _write(folder / "participants-votes.csv", _people(conversation, the_map))
    _write(folder / "summary.csv", _summary(conversation, the_map))


def _write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            rows
        )  # lines end as RFC 4180 says; then a bare return in a text is quoted too


def _date(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat() if 0 <= at < LAST else ""


def _votes(conversation: Conversation) -> Iterable[Sequence[object]]:
    yield "timestamp", "datetime", "comment-id", "voter-id", "vote"
    for person, statement in sorted(conversation.said, key=lambda key: (in_order(key[1]), in_order(key[0]))):
        at, value = conversation.said[person, statement]
        yield at, _date(at), statement, person, value


def _comments(conversation: Conversation) -> Iterable[Sequence[object]]:
    yield (
        "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "is-meta",
        "comment-body",
    )  # fmt: skip
    counted = Counter((statement, value) for (_, statement), (_, value) in conversation.said.items())
    for one in sorted(conversation.statements.values(), key=lambda one: in_order(one.id)):
        author = "" if one.author is None else one.author
        agrees, disagrees = counted[one.id, AGREE], counted[one.id, DISAGREE]
        meta = "true" if one.is_meta else "false"
        yield one.at, _date(one.at), one.id, author, agrees, disagrees, one.moderated, meta, one.text


def _people(conversation: Conversation, the_map: OpinionMap | None) -> Iterable[Sequence[object]]:
    ids = sorted(conversation.statements, key=in_order)
    groups = _groups(the_map)
    written = Counter(one.author for one in conversation.statements.values())
    yield "participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *ids
    for person in conversation.participants:
        said = [conversation.said.get((person, one), (0, None))[1] for one in ids]
        count = (len(said) - said.count(None), said.count(AGREE), said.count(DISAGREE))
        votes = ["" if value is None else value for value in said]
        yield person, groups.get(person, ""), written[person], *count, *votes


def _groups(the_map: OpinionMap | None) -> dict[Id, int]:
    if the_map is None:
        return {}
    pairs = zip(the_map.participants, the_map.groups, strict=True)
    return {person: int(group) for person, group in pairs if group != NO_GROUP}


def _summary(conversation: Conversation, the_map: OpinionMap | None) -> Iterable[Sequence[object]]:
    authors = {one.author for one in conversation.statements.values()} - {None}
    yield "topic", conversation.topic
    yield "voters", len(conversation.participants)
    yield "commenters", len(authors)
    yield "comments", len(conversation.statements)
    yield "groups", the_map.k if the_map else ""
