"""Owners' papers to counts on both axes: area and heads (民法典 §278; 法释〔2009〕7号 as amended 2020, §§8, 9).

One exclusive unit is one head; all units of one buyer are one head, and so is everything the developer has not sold or
not delivered; areas always add up. A unit that several own has one paper. A void paper does not take part. A buyer whose
papers go both ways is a head that takes part and agrees to nothing. Under a rule of silence that the owners themselves
adopted, a paper that was served with evidence and not returned takes part and follows the largest group; where heads and
areas name different groups, or there is a tie, it only takes part.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from linli.engines.thresholds.judging import Counts

DEVELOPER = "developer"


class Said(StrEnum):
    """What a paper says; VOID is one that cannot be read or breaks the rules of the vote."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    VOID = "void"


VALID = (Said.FOR, Said.AGAINST, Said.ABSTAIN)


class Silence(StrEnum):
    """The owners' own rule about papers that do not come back."""

    NONE = "none"
    FOLLOW_MAJORITY = "follow_majority"


@dataclass(frozen=True, slots=True)
class Unit:
    """An exclusive unit: its area in hundredths of a square metre and who bought it."""

    id: str
    area: int
    buyer: str
    delivered: bool = True

    @property
    def head(self) -> str:
        """Unsold and undelivered units count with the developer, as one."""
        return self.buyer if self.delivered and self.buyer else DEVELOPER


@dataclass(frozen=True, slots=True)
class Both:
    """The same ballots counted strictly and under the owners' rule of silence, and what the silent ones followed."""

    strict: Counts
    with_silence: Counts
    followed: Said | None


def count(
    units: Iterable[Unit],
    papers: Mapping[str, Said],
    served: Iterable[str] = (),
    silence: Silence = Silence.NONE,
) -> Both:
    """Both axes from the papers, by unit id. ``served``: units whose paper was handed over with evidence.

    Areas in hundredths of a square metre. O(units). ValueError for a unit listed twice, an area that is not positive, or
    a paper or service of a unit that is not on the list.
    """
    listed = _checked(units, {*papers, *served})
    strict = {id_: said for id_, said in papers.items() if said is not Said.VOID}
    counts = _counts(listed, strict)
    if silence is Silence.NONE:
        return Both(counts, counts, None)
    followed = _largest(counts)
    silent = {id_: followed or Said.ABSTAIN for id_ in served if id_ not in papers}
    return Both(counts, _counts(listed, {**strict, **silent}), followed)


def _checked(units: Iterable[Unit], named: set[str]) -> dict[str, Unit]:
    listed: dict[str, Unit] = {}
    for unit in units:
        if unit.id in listed:
            raise ValueError(f"unit {unit.id} is on the list twice")
        if unit.area <= 0:
            raise ValueError(f"unit {unit.id} has no area")
        listed[unit.id] = unit
    strangers = named - listed.keys()
    if strangers:
        raise ValueError(f"unit {min(strangers)} is not on the list")
    return listed


def _counts(listed: Mapping[str, Unit], said: Mapping[str, Said]) -> Counts:
    area: Counter[str] = Counter(all=sum(unit.area for unit in listed.values()))
    voices: dict[str, set[Said]] = {}
    for id_, choice in said.items():
        unit = listed[id_]
        area[choice] += unit.area
        voices.setdefault(unit.head, set()).add(choice)
    heads: Counter[str] = Counter(all=len({unit.head for unit in listed.values()}))
    heads.update(voice.pop() if len(voice) == 1 else "split" for voice in voices.values())
    return {
        "area": {**_named(area), "participating": sum(area[choice] for choice in VALID)},
        "heads": {**_named(heads), "split": heads["split"], "participating": len(voices)},
    }


def _named(found: Mapping[str, int]) -> dict[str, int]:
    return {name: found.get(name, 0) for name in ("all", *VALID)}


def _largest(counts: Counts) -> Said | None:
    """The one group that is largest on both axes, or none."""
    leaders = [_leader(counts[axis]) for axis in ("heads", "area")]
    return leaders[0] if leaders[0] == leaders[1] else None


def _leader(found: Mapping[str, int]) -> Said | None:
    most = max(found[choice] for choice in VALID)
    first = [choice for choice in VALID if found[choice] == most]
    return first[0] if len(first) == 1 and most else None
