"""A Pabulib file (.pb) as an election, strictly: whatever does not agree is told with its line.

The format: Faliszewski et al., Participatory budgeting: data, tools, and analysis (IJCAI 2023), http://pabulib.org/format.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from linli.engines.budgeting.badfile import BadFile
from linli.engines.budgeting.election import FEN, MOST_POINTS, Election, Ints, Kind, Project
from linli.engines.budgeting.sections import Table, tables_of

NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,6}))?", re.ASCII)
BALLOT = ("voter_id", "vote", "points")
COUNT = re.compile(r"[0-9]{1,12}", re.ASCII)
KINDS = {
    "approval": Kind.APPROVAL,
    "choose-1": Kind.APPROVAL,
    "cumulative": Kind.CUMULATIVE,
    "scoring": Kind.CUMULATIVE,
    "ordinal": Kind.ORDINAL,
}


def read(source: Path | bytes) -> Election:
    """Read a file, or its bytes. Raises BadFile, or OSError when the file cannot be opened; O(size).

    Amounts become whole numbers of the hundredth part of the currency, or of a finer one when the file has more
    decimals. `choose-1` is read as approval, `scoring` as points.
    """
    tables = tables_of(source if isinstance(source, bytes) else source.read_bytes())
    meta = _Meta(tables["META"])
    listed, cast = tables["PROJECTS"], tables["VOTES"]
    meta.agree("num_projects", len(listed.lines))
    meta.agree("num_votes", len(cast.lines))
    kind = meta.kind()
    costs, unit = _amounts(
        [meta.of("budget"), *listed.required("cost")], [meta.lines["budget"], *listed.lines]
    )
    blank = np.zeros(0, dtype=np.int64)
    projects = _projects(listed, costs[1:])
    bare = Election(projects, costs[0], kind, blank, blank, blank, blank, meta=meta.values, unit=unit)
    election = _with_ballots(bare, cast)
    _check_totals(listed, election)
    return election


class _Meta:
    """The first table by key."""

    def __init__(self, table: Table) -> None:
        keys, values = table.required("key"), table.required("value")
        _unique(table, keys)
        self.end = table.lines[-1] if table.lines else table.line
        self.values = dict(zip(keys, values, strict=True))
        self.lines = dict(zip(self.values, table.lines, strict=True))

    def of(self, key: str) -> str:
        if key not in self.values:
            raise BadFile(self.end, f"META 里缺少 {key}。", f"META lacks {key}.")
        return self.values[key]

    def agree(self, key: str, counted: int) -> None:
        """A stated number must be the counted one, lest half a file be taken for a whole."""
        stated = self.of(key)
        if not COUNT.fullmatch(stated) or int(stated) != counted:
            raise BadFile(
                self.lines[key], f"{key} 写的是 {stated}，文件里实有 {counted}。",
                f"{key} says {stated}, the file holds {counted}.",
            )  # fmt: skip

    def kind(self) -> Kind:
        word = self.of("vote_type")
        if word not in KINDS:
            raise BadFile(
                self.lines["vote_type"],
                f"不认识的投票方式“{word}”。",
                f"the vote_type {word!r} is not known.",
            )
        return KINDS[word]


def _unique(table: Table, names: Sequence[str]) -> None:
    seen: set[str] = set()
    if len(set(names)) == len(names) and "" not in names:
        return
    for name, line in zip(names, table.lines, strict=True):
        if not name or name in seen:
            raise BadFile(line, f"“{name}”为空或重复出现。", f"{name!r} is empty or stands here twice.")
        seen.add(name)


def _amounts(words: Sequence[str], lines: Sequence[int], least: int = FEN) -> tuple[list[int], int]:
    """Numbers as whole multiples of the coarsest part, at least `least` to the unit, in which all are whole."""
    found = []
    for word, line in zip(words, lines, strict=True):
        match = NUMBER.fullmatch(word)
        if match is None:
            raise BadFile(
                line, f"“{word[:40]}”应是不小于零的数（整数不超过 12 位，小数不超过 6 位）。",
                f"{word[:40]!r} should be a number, not negative, of at most 12 digits and 6 decimals.",
            )  # fmt: skip
        found.append((match[1], (match[2] or "").rstrip("0")))
    unit = max(least, 10 ** max((len(decimals) for _, decimals in found), default=0))
    places = len(str(unit)) - 1
    return [int(whole) * unit + int(decimals.ljust(places, "0") or 0) for whole, decimals in found], unit


def _projects(table: Table, costs: Sequence[int]) -> tuple[Project, ...]:
    ids = table.required("project_id")
    _unique(table, ids)
    names = table.column("name") or [""] * len(ids)
    further = [name for name in table.headings if name not in ("project_id", "cost", "name")]
    facts = [{key: table.columns[key][place] for key in further} for place in range(len(ids))]
    return tuple(map(Project, ids, costs, names, facts))


def _with_ballots(bare: Election, table: Table) -> Election:
    """Equal ballots are read once."""
    voters = table.required("voter_id")
    _unique(table, voters)
    seen, ballot_of = _distinct(table, pointed=bare.kind is Kind.CUMULATIVE)
    firsts = dict(zip(reversed(ballot_of), reversed(table.lines), strict=True))
    lines = [firsts[number] for number in range(len(seen))]
    index = {project.id: number for number, project in enumerate(bare.projects)}
    chosen, lengths = _chosen([vote for vote, _ in seen], lines, index)
    given, points_unit = _points(bare.kind, lengths, [points for _, points in seen], lines)
    return replace(
        bare,
        on_ballot=np.repeat(np.arange(len(seen), dtype=np.int64), lengths),
        on_project=np.array(chosen, dtype=np.int64),
        points=given,
        ballot_of=np.array(ballot_of, dtype=np.int64),
        voters=voters,
        facts={name: column for name, column in table.columns.items() if name not in BALLOT},
        points_unit=points_unit,
    )


def _distinct(table: Table, *, pointed: bool) -> tuple[list[tuple[str, str]], list[int]]:
    """The different ballots (vote and points as written) and which of them each voter cast."""
    votes = table.required("vote")
    seen: dict[Any, int] = {}
    if pointed:
        pairs = zip(votes, table.required("points"), strict=True)
        ballot_of = [seen.setdefault(pair, len(seen)) for pair in pairs]
        return list(seen), ballot_of
    ballot_of = [seen.setdefault(vote, len(seen)) for vote in votes]
    return [(vote, "") for vote in seen], ballot_of


def _chosen(votes: Sequence[str], lines: Sequence[int], index: dict[str, int]) -> tuple[list[int], list[int]]:
    """The project numbers on all ballots, in their order, and how many are on each."""
    flat: list[int] = []
    lengths = []
    for vote, line in zip(votes, lines, strict=True):
        names = vote.split(",") if vote else []
        try:
            some = [index[name] for name in names]
        except KeyError:
            some = [_known(name.strip(), index, line) for name in names]
        if len(set(some)) != len(some):
            raise BadFile(line, "同一个项目在一张选票上出现两次。", "a project stands on this ballot twice.")
        flat += some
        lengths.append(len(some))
    return flat, lengths


def _known(name: str, index: dict[str, int], line: int) -> int:
    if name not in index:
        raise BadFile(
            line, f"选票上的项目“{name[:40]}”不在项目表里。", f"{name[:40]!r} is not among the projects."
        )
    return index[name]


def _points(
    kind: Kind, lengths: Sequence[int], words: Sequence[str], lines: Sequence[int]
) -> tuple[Ints, int]:
    """Points for each project on each ballot; a rank is worth the number of projects ranked below it."""
    if kind is Kind.APPROVAL:
        return np.ones(sum(lengths), dtype=np.int64), 1
    if kind is Kind.ORDINAL:
        below = [place for length in lengths for place in range(length - 1, -1, -1)]
        return np.array(below, dtype=np.int64), 1
    split = [[one.strip() for one in word.split(",")] if word else [] for word in words]
    for length, given, line in zip(lengths, split, lines, strict=True):
        if length != len(given):
            raise BadFile(
                line, f"选票上有 {length} 个项目，却有 {len(given)} 个分数。",
                f"the ballot has {length} projects and {len(given)} numbers of points.",
            )  # fmt: skip
    spread = [line for given, line in zip(split, lines, strict=True) for _ in given]
    values, unit = _amounts([one for given in split for one in given], spread, least=1)
    for value, line in zip(values, spread, strict=True):
        if value > MOST_POINTS:
            raise BadFile(line, "分数太大。", "these are too many points.")
    return np.array(values, dtype=np.int64), unit


def _check_totals(table: Table, election: Election) -> None:
    """The votes stated for each project must be those on the ballots."""
    stated = table.column("votes")
    for words, counted, line in zip(stated or [], election.votes, table.lines, strict=False):
        if not COUNT.fullmatch(words) or int(words) != counted:
            raise BadFile(
                line, f"votes 写的是 {words[:40]}，选票上数出来是 {counted}。",
                f"votes says {words[:40]}, the ballots hold {counted}.",
            )  # fmt: skip
