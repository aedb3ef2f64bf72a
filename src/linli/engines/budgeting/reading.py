"""A Pabulib file (.pb) as an election, strictly: whatever does not agree is told with its line.

The format: Faliszewski et al., Participatory budgeting: data, tools, and analysis (IJCAI 2023), http://pabulib.org/format.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from linli.engines.budgeting.badfile import BadFile
from linli.engines.budgeting.election import FEN, MOST_POINTS, Election, Kind, Project
from linli.engines.budgeting.sections import Table, tables_of

NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,6}))?", re.ASCII)
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
    meta.agree("num_projects", len(listed.rows))
    meta.agree("num_votes", len(cast.rows))
    kind = meta.kind()
    costs, unit = _amounts([meta.of("budget"), *listed.required("cost")], [meta.lines["budget"], *listed.lines])
    projects = _projects(listed, costs[1:])
    election = _ballots(projects, costs[0], kind, cast, meta.values, unit)
    _check_totals(listed, election)
    return election


class _Meta:
    """The first table by key."""

    def __init__(self, table: Table) -> None:
        if len(table.columns) < 2:  # noqa: PLR2004 -- key and value
            raise BadFile(table.line, "META 要有两列：key;value。", "META needs two columns, key;value.")
        _unique(table, [row[0] for row in table.rows])
        self.end = table.lines[-1] if table.lines else table.line
        self.values = {row[0]: row[1] for row in table.rows}
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
                self.lines["vote_type"], f"不认识的投票方式“{word}”。", f"the vote_type {word!r} is not known."
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
    further = [name for name in table.columns if name not in ("project_id", "cost", "name")]
    places = [table.columns.index(name) for name in further]
    return tuple(
        Project(project, cost, name, {key: row[place] for key, place in zip(further, places, strict=True)})
        for project, cost, name, row in zip(ids, costs, names, table.rows, strict=True)
    )


def _ballots(
    projects: tuple[Project, ...], budget: int, kind: Kind, table: Table, meta: dict[str, str], unit: int
) -> Election:
    """Equal ballots are read once."""
    voters, votes = table.required("voter_id"), table.required("vote")
    _unique(table, voters)
    points = table.required("points") if kind is Kind.CUMULATIVE else [""] * len(votes)
    seen: dict[tuple[str, str], int] = {}
    ballot_of = [seen.setdefault(ballot, len(seen)) for ballot in zip(votes, points, strict=True)]
    firsts = dict(zip(reversed(ballot_of), reversed(table.lines), strict=True))
    lines = [firsts[number] for number in range(len(seen))]
    chosen = _chosen([vote for vote, _ in seen], lines, {project.id: n for n, project in enumerate(projects)})
    given, points_unit = _points(kind, chosen, [points for _, points in seen], lines)
    lengths = [len(some) for some in chosen]
    facts = {name: table.column(name) or [] for name in table.columns if name not in ("voter_id", "vote", "points")}
    return Election(
        projects, budget, kind,
        np.repeat(np.arange(len(seen), dtype=np.int64), lengths),
        np.array([number for some in chosen for number in some], dtype=np.int64),
        np.array([value for some in given for value in some], dtype=np.int64),
        np.array(ballot_of, dtype=np.int64), voters, facts, meta, unit, points_unit,
    )  # fmt: skip


def _chosen(votes: Iterable[str], lines: Sequence[int], index: dict[str, int]) -> list[list[int]]:
    """The project numbers on each ballot, in its order."""
    chosen = []
    for vote, line in zip(votes, lines, strict=True):
        names = vote.split(",") if vote else []
        try:
            some = [index[name] for name in names]
        except KeyError:
            some = [_known(name.strip(), index, line) for name in names]
        if len(set(some)) != len(some):
            raise BadFile(line, "同一个项目在一张选票上出现两次。", "a project stands on this ballot twice.")
        chosen.append(some)
    return chosen


def _known(name: str, index: dict[str, int], line: int) -> int:
    if name not in index:
        raise BadFile(line, f"选票上的项目“{name[:40]}”不在项目表里。", f"{name[:40]!r} is not among the projects.")
    return index[name]


def _points(
    kind: Kind, chosen: Sequence[Sequence[int]], words: Sequence[str], lines: Sequence[int]
) -> tuple[list[list[int]], int]:
    """Points for each ballot; a rank is worth the number of projects ranked below it."""
    if kind is Kind.APPROVAL:
        return [[1] * len(some) for some in chosen], 1
    if kind is Kind.ORDINAL:
        return [list(range(len(some) - 1, -1, -1)) for some in chosen], 1
    split = [[one.strip() for one in word.split(",")] if word else [] for word in words]
    for some, given, line in zip(chosen, split, lines, strict=True):
        if len(some) != len(given):
            raise BadFile(
                line, f"选票上有 {len(some)} 个项目，却有 {len(given)} 个分数。",
                f"the ballot has {len(some)} projects and {len(given)} numbers of points.",
            )  # fmt: skip
    spread = [line for given, line in zip(split, lines, strict=True) for _ in given]
    flat, unit = _amounts([one for given in split for one in given], spread, least=1)
    for value, line in zip(flat, spread, strict=True):
        if value > MOST_POINTS:
            raise BadFile(line, "分数太大。", "these are too many points.")
    values = iter(flat)
    return [[next(values) for _ in given] for given in split], unit


def _check_totals(table: Table, election: Election) -> None:
    """The votes stated for each project must be those on the ballots."""
    stated = table.column("votes")
    for words, counted, line in zip(stated or [], election.votes, table.lines, strict=False):
        if not COUNT.fullmatch(words) or int(words) != counted:
            raise BadFile(
                line, f"votes 写的是 {words[:40]}，选票上数出来是 {counted}。",
                f"votes says {words[:40]}, the ballots hold {counted}.",
            )  # fmt: skip
