"""An election as a Pabulib file that reads back as the same election."""

import csv
import io
from collections.abc import Iterable

import numpy as np

from linli.engines.budgeting.election import Election, Kind

OWN = ("budget", "num_projects", "num_votes", "vote_type")


def write(election: Election, selected: Iterable[str] | None = None) -> str:
    """The text of the file; with `selected`, these ids are marked as funded. O(size).

    The votes of each project are counted anew; what else the election knows of projects and voters is kept.
    """
    funded = None if selected is None else set(selected)
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    rows.writerows([["META"], ["key", "value"], *_meta(election).items()])
    rows.writerows([["PROJECTS"], *_projects(election, funded)])
    rows.writerows([["VOTES"], *_votes(election)])
    return out.getvalue()


def amount(number: int, unit: int) -> str:
    """A whole number of parts in units, without zeros at the end."""
    whole, rest = divmod(number, unit)
    return f"{whole}.{rest:0{len(str(unit)) - 1}}".rstrip("0") if rest else str(whole)


def _meta(election: Election) -> dict[str, str]:
    told = {key: value for key, value in election.meta.items() if key not in OWN}
    counts = {"num_projects": str(len(election.projects)), "num_votes": str(election.people)}
    kind = election.meta.get("vote_type", election.kind.value)
    return {**told, **counts, "budget": amount(election.budget, election.unit), "vote_type": kind}


def _projects(election: Election, funded: set[str] | None) -> Iterable[list[str]]:
    further = list(dict.fromkeys(key for project in election.projects for key in project.facts))
    further = [key for key in further if key != "votes" and (funded is None or key != "selected")]
    mark = [] if funded is None else ["selected"]
    yield ["project_id", "cost", "votes", "name", *mark, *further]
    for project, votes in zip(election.projects, election.votes, strict=True):
        facts = [project.facts.get(key, "") for key in further]
        marked = [] if funded is None else [str(int(project.id in funded))]
        yield [project.id, amount(project.cost, election.unit), str(votes), project.name, *marked, *facts]


def _votes(election: Election) -> Iterable[list[str]]:
    texts = _texts(election)
    points = ["points"] if election.kind is Kind.CUMULATIVE else []
    yield ["voter_id", "vote", *points, *election.facts]
    for place, (voter, ballot) in enumerate(zip(election.voters, election.ballot_of.tolist(), strict=True)):
        yield [voter, *texts[ballot], *(column[place] for column in election.facts.values())]


def _texts(election: Election) -> list[list[str]]:
    """The fields of each distinct ballot."""
    cuts = np.searchsorted(election.on_ballot, np.arange(1, election.ballots))
    projects, points = np.split(election.on_project, cuts), np.split(election.points, cuts)
    texts = []
    for some, given in zip(projects, points, strict=True):
        order = np.argsort(-given, kind="stable") if election.kind is Kind.ORDINAL else np.arange(len(given))
        vote = ",".join(election.projects[number].id for number in some[order].tolist())
        told = ",".join(amount(value, election.points_unit) for value in given.tolist())
        texts.append([vote, told] if election.kind is Kind.CUMULATIVE else [vote])
    return texts
