"""A row becomes a clean record, or is refused with a sentence that says what to correct."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.people.phones import normalise
from linli.modules.appeals.importing.maps import Chart
from linli.modules.appeals.importing.rows import Row
from linli.modules.appeals.models import State
from linli.modules.appeals.rules.moves import KIND
from linli.modules.appeals.rules.words import first_words

LONGEST_TEXT = 5_000
LONGEST_REF = 60
LONGEST_NAME = 40
LONGEST_TITLE = 120
PHONE_DIGITS = range(5, 14)
SLACK = timedelta(days=1)  # clocks of older systems go wrong by hours, not by days


@dataclass(frozen=True, slots=True)
class Record:
    """One matter as the file tells it, in our words; moments in UTC."""

    number: int
    ref: str
    raised_at: datetime
    text: str
    title: str
    state: str
    state_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    channel: str
    kind: str
    urgency: str
    spot: str
    category: str
    phone: str
    name: str
    unit: str
    area: str

    @property
    def open(self) -> bool:
        return self.state not in KIND.final

    @property
    def needs_unit(self) -> bool:
        return self.state in KIND.accountable


def check_headings(headings: list[str], chart: Chart) -> None:
    """Stop before the first row when a column that every row needs is not there."""
    for target in ("raised_at", "text"):
        wanted = chart.columns[target]
        if not set(wanted) & set(headings):
            raise Refused(_("The file has no column “%(name)s”.") % {"name": " / ".join(wanted)})


def checked(row: Row, chart: Chart, *, now: datetime) -> Record:
    """The clean record of a row; raises ``Refused`` with the reason."""
    if any(row.surplus):
        raise Refused(_("The row has more cells than there are columns."))
    raised_at = begun(row, chart, now=now)
    text = words(row, chart)
    state = meaning(row, chart, "state")
    closed_at, state_at = ends(row, chart, raised_at, state)
    return Record(
        number=row.number, ref=reference(row, chart), raised_at=raised_at, text=text,
        title=(told(row, chart, "title") or first_words(text))[:LONGEST_TITLE],
        state=state, state_at=state_at, closed_at=closed_at, due_at=moment(row, chart, "due_at"),
        channel=meaning(row, chart, "channel"), kind=meaning(row, chart, "kind"),
        urgency=meaning(row, chart, "urgency"), phone=phone(row, chart), spot=told(row, chart, "spot"),
        category=told(row, chart, "category"), name=told(row, chart, "name", LONGEST_NAME),
        unit=told(row, chart, "unit"), area=told(row, chart, "area"),
    )  # fmt: skip


def begun(row: Row, chart: Chart, *, now: datetime) -> datetime:
    """When it was raised; no matter begins in the future."""
    raised_at = moment(row, chart, "raised_at")
    if raised_at is None:
        raise Refused(_("The time is missing."))
    if raised_at > now + SLACK:
        raise Refused(_("The time lies in the future."))
    return raised_at


def told(row: Row, chart: Chart, target: str, longest: int | None = None) -> str:
    """What the row says of a field: its first filled column, or all of them where the map joins."""
    said = [row.cells.get(column, "") for column in chart.columns.get(target, ())]
    filled = list(filter(None, said))
    text = "；".join(filled) if target in chart.joined else next(iter(filled), "")
    if longest is not None and len(text) > longest:
        column = _column(row, chart, target)
        raise Refused(
            _("“%(column)s” is longer than %(longest)s characters.") % {"column": column, "longest": longest}
        )
    return text


def _column(row: Row, chart: Chart, target: str) -> str:
    """The name by which the person who corrects the file knows the field."""
    return next(
        (column for column in chart.columns[target] if row.cells.get(column)), chart.columns[target][0]
    )


def words(row: Row, chart: Chart) -> str:
    text = told(row, chart, "text", LONGEST_TEXT)
    if not text:
        raise Refused(_("The row does not say what it is about."))
    return text


def reference(row: Row, chart: Chart) -> str:
    """What makes the row the same row at the next import: its own number, else all that it says."""
    own = told(row, chart, "ref") or fingerprint(row)
    ref = f"{chart.source}:{own}"
    if len(ref) > LONGEST_REF:
        raise Refused(_("The number of the row is too long."))
    return ref


def fingerprint(row: Row) -> str:
    return hashlib.sha256(json.dumps(row.cells, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def meaning(row: Row, chart: Chart, target: str) -> str:
    word = told(row, chart, target)
    meant = chart.meaning(target, word)
    if meant is None:
        column = _column(row, chart, target)
        raise Refused(_("“%(word)s” in “%(column)s” is not known.") % {"word": word, "column": column})
    return meant


def moment(row: Row, chart: Chart, target: str) -> datetime | None:
    """A time of the source's own zone as a moment; nothing where the cell is empty."""
    text = told(row, chart, target)
    if not text:
        return None
    for form in chart.date_formats:
        try:
            return datetime.strptime(text, form).replace(tzinfo=chart.zone).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    raise Refused(
        _("“%(text)s” in “%(column)s” is not a time.") % {"text": text, "column": _column(row, chart, target)}
    )


def ends(row: Row, chart: Chart, raised_at: datetime, state: str) -> tuple[datetime | None, datetime]:
    """When it was closed, and since when it is in its state; both agree with the state, or the row is refused."""
    closed_at = moment(row, chart, "closed_at")
    since = moment(row, chart, "state_at")
    if state not in KIND.final:
        if closed_at is not None:
            raise Refused(_("It has a closing time but is not closed."))
        return None, max(since or raised_at, raised_at)
    ended = closed_at or since
    if ended is None and state == State.CLOSED:
        raise Refused(_("It is closed but has no closing time."))
    if closed_at is not None and closed_at < raised_at:
        raise Refused(_("It was closed before it was raised."))
    ended = max(ended or raised_at, raised_at)
    return ended, ended


def phone(row: Row, chart: Chart) -> str:
    text = told(row, chart, "phone")
    digits = normalise(text)
    if text and len(digits) not in PHONE_DIGITS:
        raise Refused(_("“%(text)s” is not a phone number.") % {"text": text})
    return digits
