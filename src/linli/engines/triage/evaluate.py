"""Cross-validated figures: `python -m linli.engines.triage.evaluate`.

A group of duplicates and its hard negatives are never split. Categories are learned on four fifths and
tried on one; duplicates are told as one stream of half the texts by a judge trained on the other half.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from linli.engines.triage.catalogue import Labelled, labelled
from linli.engines.triage.engine import Stream, Triage
from linli.engines.triage.model import Readers
from linli.engines.triage.routes import EMERGENCY_UNITS, NONE
from linli.engines.triage.suggestion import Suggestion
from linli.engines.triage.words import EVERYDAY, HINT, KINDS, NOT, SURE

Pair = frozenset[str]

ABLATION: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("character pieces alone", ()),
    ("+ everyday words of categories.csv", (EVERYDAY,)),
    ("+ hints", (EVERYDAY, HINT)),
    ("+ sure words and pairs of words", (EVERYDAY, HINT, SURE)),
    ("+ words against", (EVERYDAY, HINT, SURE, NOT)),
)


@dataclass(slots=True)
class Outcome:
    """What was suggested for texts the engine had not seen."""

    suggested: list[tuple[Labelled, Suggestion]] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)

    def share(self, right: Counter[bool]) -> float:
        return right[True] / right.total()

    def figures(self) -> dict[str, float]:
        pairs = self.suggested
        return {
            "type": self.share(Counter(s.type == one.type for one, s in pairs)),
            "l1@1": self.share(Counter(s.l1[0] == one.l1 for one, s in pairs)),
            "l2@1": self.share(Counter(s.l2[0] == one.l2 for one, s in pairs)),
            "l2@3": self.share(Counter(one.l2 in s.l2 for one, s in pairs)),
            "unit@1": self.share(Counter(s.unit[0] == one.unit for one, s in pairs)),
            "unit@3": self.share(Counter(one.unit in s.unit for one, s in pairs)),
            "urgency": self.share(Counter(s.urgency == one.urgency for one, s in pairs)),
            **self.routes(),
        }

    def routes(self) -> dict[str, float]:
        sent = [(one.special_route, s.special_route) for one, s in self.suggested]
        meant = [(real, said) for real, said in sent if real in EMERGENCY_UNITS]
        called = [(real, said) for real, said in sent if said in EMERGENCY_UNITS]
        others = [(real, said) for real, said in sent if real != NONE and real not in EMERGENCY_UNITS]
        other_said = [(real, said) for real, said in sent if said != NONE and said not in EMERGENCY_UNITS]
        return {
            "emergencies missed": float(sum(said not in EMERGENCY_UNITS for _, said in meant)),
            "emergency precision": _ratio(sum(real in EMERGENCY_UNITS for real, _ in called), len(called)),
            "other routes recall": _ratio(sum(real == said for real, said in others), len(others)),
            "other routes precision": _ratio(sum(real == said for real, said in other_said), len(other_said)),
        }

    def duplicates(self) -> dict[str, float]:
        right, said, real = self.found["right"], self.found["said"], self.found["real"]
        return {
            "duplicates precision": _ratio(right, said),
            "duplicates recall": _ratio(right, real),
            "duplicates F1": _ratio(2 * right, said + real),
            "hard negatives merged": _ratio(self.found["wrongly merged"], self.found["hard negatives"]),
        }


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def kin(one: Labelled) -> str:
    return one.group or one.hard_negative_of or one.id


def folds(texts: Sequence[Labelled], count: int, seed: int) -> list[list[Labelled]]:
    families = sorted({kin(one) for one in texts})
    random.Random(seed).shuffle(families)  # noqa: S311 -- folds, not secrets
    fold_of = {family: number % count for number, family in enumerate(families)}
    return [[one for one in texts if fold_of[kin(one)] == number] for number in range(count)]


def cross_validated(count: int = 5, seed: int = 0, kinds: Sequence[str] = KINDS) -> Outcome:
    outcome, readers = Outcome(), Readers.of(kinds)
    parts = folds(labelled(), count, seed)
    for held_out in parts:
        triage = Triage.trained([one for part in parts if part is not held_out for one in part], (), readers)
        outcome.suggested += [(one, triage.suggest(one.text, one.channel, one.place)) for one in held_out]
    return outcome


def streamed(seed: int = 0) -> Outcome:
    """Each half told to an engine that knows the other."""
    outcome, readers = Outcome(), Readers.of()
    halves = folds(labelled(), 2, seed)
    for told, known in (halves, halves[::-1]):
        stream = Stream(Triage.trained(known, (), readers))
        pairs: set[Pair] = set()
        for one in told:
            _, repeats = stream.tell(one.id, one.text, one.place, one.season_month)
            pairs |= {frozenset((one.id, repeat.id)) for repeat in repeats}
        outcome.found += _judged(told, pairs)
    return outcome


def _judged(told: Sequence[Labelled], pairs: set[Pair]) -> Counter[str]:
    by_id = {one.id: one for one in told}
    real = {frozenset((a.id, b.id)) for a, b in combinations(told, 2) if a.group and a.group == b.group}
    merged = {
        one.id
        for pair in pairs
        for one in map(by_id.__getitem__, pair)
        if one.hard_negative_of in {by_id[other].group for other in pair - {one.id}} - {None}
    }
    return Counter(
        {
            "said": len(pairs),
            "real": len(real),
            "right": len(pairs & real),
            "hard negatives": sum(one.hard_negative_of is not None for one in told),
            "wrongly merged": len(merged),
        }
    )


def table() -> str:
    whole = cross_validated()
    lines = [f"{name:24} {value:.3f}" for name, value in (whole.figures() | streamed().duplicates()).items()]
    lines += ["", f"{'words used':36} {'l1@1':>6} {'l2@1':>6} {'l2@3':>6} {'unit@1':>6}"]
    for name, kinds in ABLATION:
        got = cross_validated(kinds=kinds).figures()
        lines.append(
            f"{name:36} " + " ".join(f"{got[key]:6.3f}" for key in ("l1@1", "l2@1", "l2@3", "unit@1"))
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
