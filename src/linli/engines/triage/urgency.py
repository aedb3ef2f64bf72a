"""How soon: the tier of the category, lowered for questions, raised for danger."""

from collections.abc import Iterable, Sequence

from linli.engines.triage.routes import EMERGENCY_UNITS, ILLEGAL, NONE, Route
from linli.engines.triage.suggestion import Reason
from linli.engines.triage.words import NOT, SURE, Fired

COMPLEX, ORDINARY, URGENT, EMERGENCY = TIERS = ("complex_15d", "ordinary_7d", "urgent_24h", "emergency_2h")
UNHURRIED_TYPES = frozenset({"咨询", "建议", "表扬"})
LIFE = frozenset({"1504"})
RAISE, LOWER = "raise", "lower"


def urgency(
    usual: str, *, code: str, type_: str, route: Route, tone: Sequence[Fired]
) -> tuple[str, tuple[Reason, ...]]:
    """Questions and praise are ordinary unless dangerous; a danger lifts by one tier."""
    if route.name in EMERGENCY_UNITS:
        return EMERGENCY, (Reason("urgency", EMERGENCY, route.words),)
    danger = _words(tone, RAISE)
    if route.name == ILLEGAL:
        return (EMERGENCY if danger else ORDINARY), _because(EMERGENCY, danger)
    if route.name != NONE or (type_ in UNHURRIED_TYPES and not danger):
        return ORDINARY, (Reason("urgency", ORDINARY, (type_,)),)
    if danger:
        raised = TIERS[min(max(TIERS.index(usual), 1) + 1, 3)]
        return raised, _because(raised, danger)
    calm = _words(tone, LOWER)
    if usual == EMERGENCY and calm and code not in LIFE:
        return URGENT, _because(URGENT, calm)
    return usual, ()


def _because(tier: str, words: tuple[str, ...]) -> tuple[Reason, ...]:
    return (Reason("urgency", tier, words),) if words else ()


def _words(tone: Iterable[Fired], code: str) -> tuple[str, ...]:
    fired = [one for one in tone if one.rule.code == code]
    if any(one.rule.kind == NOT for one in fired):
        return ()
    return tuple(dict.fromkeys(word for one in fired if one.rule.kind == SURE for word in one.words))
