"""A verb as a sentence, in the reader's language. The sentences stand on the cards of the apps."""

from functools import cache
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _


@cache
def verb_texts() -> dict[str, Any]:
    """Every verb of every card with its lazy sentence."""
    texts: dict[str, Any] = {}
    for config in apps.get_app_configs():
        texts.update(getattr(config, "verbs", {}))
    return texts


def verb_text(verb: str) -> str:
    """The sentence of a verb with its open places; a verb without a sentence shows its own name."""
    return str(verb_texts().get(verb, verb))


class _Open(dict[str, Any]):
    """A place nobody filled stays empty instead of breaking the page."""

    def __missing__(self, _key: str) -> str:
        return ""


def actor_of(step: Any, *, with_body: bool = True) -> str:
    """Who did it: the body and the person, on whose behalf, or the house itself."""
    names = [str(name) for name in (step.body if with_body else None, step.by) if name]
    told = " ".join(names) if names else _("The system")
    return _("%(actor)s for %(person)s") % {"actor": told, "person": step.behalf} if step.behalf else told


def sentence(entry_or_step: Any, **places: Any) -> str:
    """What happened, as one sentence; ``places`` fills {object} and whatever else the verb names."""
    filled = _Open(places)
    text = verb_text(entry_or_step.verb)
    if hasattr(entry_or_step, "body"):
        filled.setdefault("actor", actor_of(entry_or_step, with_body="{body}" not in text))
        filled.setdefault("body", str(entry_or_step.body or ""))
    filled.setdefault("object", _("this matter"))
    return " ".join(text.format_map(filled).split())
