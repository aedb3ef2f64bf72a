"""Words kept as a source sentence with values, put together in the reader's language."""

from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.dateformat import format as formatted
from django.utils.functional import Promise
from django.utils.translation import gettext

from linli.kernel.clock import local


def source(text: Any) -> str:
    """The English sentence behind a translated one; only this is kept."""
    with translation.override(None):
        return str(text)


def kept(params: dict[str, Any]) -> dict[str, Any]:
    return {name: kept_value(value) for name, value in params.items()}


def kept_value(value: Any) -> Any:
    """Moments, days and translated words keep their nature; numbers and text are kept as they are."""
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Promise):
        return {"words": source(value)}
    return value if isinstance(value, int) else str(value)


def filled(text: str, params: dict[str, Any]) -> str:
    """The sentence in the language now active."""
    return gettext(text).format(**{name: told(value) for name, value in params.items()})


def told(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "moment" in value:
        # Translators: a short date and time, in Django's date format letters
        return formatted(local(datetime.fromisoformat(value["moment"])), gettext("j M, H:i"))
    if "day" in value:
        # Translators: a short date, in Django's date format letters
        return formatted(date.fromisoformat(value["day"]), gettext("j M"))
    words = value["words"]
    return gettext(words)
