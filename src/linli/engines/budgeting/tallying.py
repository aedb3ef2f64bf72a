"""What `linli tally` says about a Pabulib file: options, result for machines, words for people, a chart."""

import argparse
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from linli.engines.budgeting.charting import chart
from linli.engines.budgeting.deciding import Outcome, decide
from linli.engines.budgeting.election import Election
from linli.engines.budgeting.explaining import Explained, amount
from linli.engines.budgeting.fairness import fairness
from linli.engines.budgeting.options import DEFAULT_TIES, Comparison, Completion, Options, Rule, Stop, Utility
from linli.engines.budgeting.reading import read
from linli.engines.budgeting.sentences import say

BETWEEN = {"zh-hans": "", "en": " "}
LISTED = {"zh-hans": "、", "en": ", "}


CHOICES: tuple[tuple[str, type[StrEnum], str | None, str], ...] = (
    ("--rule", Rule, "equal-shares", "how to count / 算法"),
    ("--utility", Utility, None, "what a funded project is worth / 满意度怎么算"),
    ("--completion", Completion, "none", "what becomes of money left over / 余钱怎么用"),
    ("--stop", Stop, "exhaustive", "when add1 ends / 加到哪里为止"),
    ("--comparison", Comparison, "none", "against plain counting / 和只按票数排比一次"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    for name, words, usual, told in CHOICES:
        parser.add_argument(name, choices=[word.value for word in words], default=usual, help=told)
    ties = ",".join(DEFAULT_TIES)
    parser.add_argument("--ties", default=ties, help="cost, votes, id or lot:TEXT, by commas / 平局怎么定")
    threshold = "least share of the votes per share of the budget, such as 1/3 / 参选门槛"
    parser.add_argument("--eligible", type=_share, default=Fraction(0), help=threshold)


def _share(word: str) -> Fraction:
    try:
        share = Fraction(word)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(
            f"{word!r} is no share between 0 and 1 / “{word}”不是 0 到 1 之间的比例"
        )
    return share


def recognises(path: Path) -> bool:
    return path.suffix.lower() == ".pb" and path.is_file()


def options_of(asked: argparse.Namespace) -> Options:
    return Options(
        Rule(asked.rule),
        Utility(asked.utility) if asked.utility else None,
        Completion(asked.completion),
        Stop(asked.stop),
        tuple(name.strip() for name in asked.ties.split(",")),
        Comparison(asked.comparison),
        asked.eligible,
    )


def tally(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Count a file. Raises BadFile, or ValueError for options that do not fit it."""
    asked = options_of(options)
    outcome = decide(read(path), asked)
    return told(outcome, options.language)


def told(outcome: Outcome, language: str) -> dict[str, Any]:
    """An outcome as one object for machines; explanations in the language asked for."""
    election = outcome.election
    explained = Explained(outcome, language)
    result = {
        "rule": outcome.options.rule.value,
        "options": outcome.options.recorded(election),
        "selected": outcome.selected,
        "total_cost": election.money(outcome.cost),
        "budget": election.money(election.budget),
        "explanations": explained.texts(),
        "order": [election.projects[number].id for number in outcome.order],
        "plain": [election.projects[number].id for number in outcome.plain],
        "official": (outcome.full or election).official,
        "voters": election.people,
    }
    return result | _further(outcome) | {"sentences": _sentences(explained)}


def _further(outcome: Outcome) -> dict[str, Any]:
    """How it came about and how fair it is, and what a chart needs."""
    here, plain, replaced = outcome.better_here, outcome.better_plain, outcome.replaced
    amounts = {"spent": outcome.cost, "budget": outcome.election.budget}
    return {
        "raised": _raised(outcome),
        "comparison": {"here": here, "plain": plain, "replaced": replaced},
        "fairness": fairness(outcome),
        "projects": _projects(outcome),
        "amounts": {name: _in_words(outcome.election, coins) for name, coins in amounts.items()},
    }


def _in_words(election: Election, coins: int) -> dict[str, str]:
    return {language: amount(election, coins, language) for language in BETWEEN}


def _raised(outcome: Outcome) -> dict[str, Any] | None:
    if outcome.raised is None:
        return None
    share = Fraction(outcome.raised.count.fund, max(1, outcome.election.people) * outcome.election.unit)
    return {"share": str(share), "steps": outcome.raised.steps, "ended": outcome.raised.ended}


def _projects(outcome: Outcome) -> list[dict[str, Any]]:
    election, turns = outcome.full or outcome.election, {}
    for turn, number in enumerate(outcome.order, 1):
        turns[outcome.election.projects[number].id] = turn
    return [
        {
            "id": project.id,
            "name": project.name,
            "cost": election.money(project.cost),
            "cost_text": _in_words(election, project.cost),
            "votes": votes,
            "turn": turns.get(project.id),
        }
        for project, votes in zip(election.projects, election.votes, strict=True)
    ]


def _sentences(explained: Explained) -> list[str]:
    """The outcome as a whole, in the language of the explanations."""
    outcome, election = explained.outcome, explained.election
    spent, budget = explained.amount(outcome.cost), explained.amount(election.budget)
    lines = [
        explained.say(
            "heading", chosen=len(outcome.order), projects=len((outcome.full or election).projects), spent=spent,
            budget=budget, left=explained.amount(election.budget - outcome.cost),
        )
    ]  # fmt: skip
    lines.append(explained.how())
    if outcome.replaced:
        lines.append(explained.say("replaced"))
    return [*lines, *_shares(explained), *_official(explained), *_fair(explained)]


def _shares(explained: Explained) -> list[str]:
    outcome, election = explained.outcome, explained.election
    if outcome.raised is None or explained.accounts is None:
        return []
    share = Fraction(election.budget, max(1, election.people))
    budget, voters = explained.amount(election.budget), election.people
    lines = [explained.say("share", budget=budget, voters=voters, share=explained.amount(share))]
    if outcome.raised.steps:
        raised = explained.amount(explained.accounts.share)
        unit = explained.amount(election.unit)
        lines.append(explained.say("raised", unit=unit, steps=outcome.raised.steps, share=raised))
    return [*lines, explained.say(f"ended_{outcome.raised.ended}")]


def _official(explained: Explained) -> list[str]:
    official = (explained.outcome.full or explained.election).official
    if official is None:
        return []
    ours = explained.outcome.selected
    if set(official) == set(ours):
        return [explained.say("official_same")]
    more = [one for one in official if one not in ours]
    less = [one for one in ours if one not in official]
    both = {"more": more, "less": less}
    words = {
        key: LISTED[explained.language].join(ids) or explained.say("nobody") for key, ids in both.items()
    }
    return [explained.say("official_other", **words)]


def _fair(explained: Explained) -> list[str]:
    found = fairness(explained.outcome)
    here, plain = found["here"], found["plain"]
    part = f"{100 * here['without_share']:.1f}%"
    names = {project.id: project.title for project in explained.election.projects}
    claims = [
        explained.say("claim", people=claim["people"], project=names[claim["project"]])
        for claim in found["claims"]
    ]
    return [
        explained.say("without", here=here["without"], part=part, plain=plain["without"]),
        explained.say("prefer", here=found["better_here"], plain=found["better_plain"]),
        *(claims or [explained.say("no_claims")]),
    ]


def tell(result: dict[str, Any], language: str) -> str:
    """The result for people: the outcome, then each project, chosen ones in their order, then the others."""
    lines = [*result["sentences"], ""]
    projects = sorted(
        result["projects"], key=lambda one: (one["turn"] is None, one["turn"] or 0, -one["votes"])
    )
    for project in projects:
        mark = "✓" if project["turn"] else "–"
        lines.append(f"{mark} {project['id']} {project['name']}".rstrip())
        lines.append(f"   {result['explanations'][project['id']]}")
    return "\n".join(lines)


def draw(result: dict[str, Any], language: str) -> str:
    """The result as an SVG chart."""
    values = {
        "chosen": len(result["selected"]),
        **{key: told[language] for key, told in result["amounts"].items()},
    }
    rows = [
        (
            f"{one['id']} {one['name']}",
            float(one["cost"]),
            f"{one['cost_text'][language]} · " + say("votes", language, votes=one["votes"]),
            one["turn"],
        )
        for one in sorted(
            result["projects"], key=lambda one: (one["turn"] is None, one["turn"] or 0, -one["votes"])
        )
    ]
    return chart(say("chart", language, **values), rows, language)
