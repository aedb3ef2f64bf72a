"""Tell people, and settle what waited for them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation

from linli.kernel.clock import now
from linli.kernel.inbox.models import Medium, Message, Outgoing
from linli.kernel.inbox.wording import filled, kept, source
from linli.kernel.journal.actions import key_of
from linli.kernel.keys.fields import put
from linli.kernel.people.models import Account, Person

BATCH = 500
OPEN = (Outgoing.State.QUEUED, Outgoing.State.SENDING)


@transaction.atomic(savepoint=False)
def tell(
    person: Person, verb: str, *, text: Any, params: dict[str, Any] | None = None, case: Any = None,
    url: tuple[Any, ...] = (), waits: bool = False, channels: Iterable[str] = (), urgent: bool = False,
    by: Any = None,
) -> Message:  # fmt: skip
    """Put a message into somebody's inbox and, by each channel, on its way out, in the caller's transaction.

    ``text`` is a sentence in ``_()`` with ``{names}``, filled from ``params`` when it is read. ``waits``: she is
    expected to do something; ``settle`` ends that. ``url`` is a URL name and its arguments.
    """
    told = tell_all(
        [person], verb, text=text, params=params, case=case, url=url, waits=waits, channels=channels,
        urgent=urgent, by=by,
    )  # fmt: skip
    return told[0]


@transaction.atomic(savepoint=False)
def tell_all(
    people: Iterable[Person], verb: str, *, text: Any, params: dict[str, Any] | None = None, case: Any = None,
    url: tuple[Any, ...] = (), waits: bool = False, channels: Iterable[str] = (), urgent: bool = False,
    by: Any = None,
) -> list[Message]:  # fmt: skip
    """The same to many, in a few queries however many they are."""
    same = {
        "verb": verb, "case_id": key_of(case), "text": source(text), "params": kept(params or {}), "waits": waits,
        "url_name": url[0] if url else "", "url_args": [str(arg) for arg in url[1:]], "by_id": key_of(by),
        "at": now(),
    }  # fmt: skip
    messages = [Message(person=person, **same) for person in people]
    Message.objects.bulk_create(messages, batch_size=BATCH)
    media = list(channels)
    if media:
        send_on(messages, media, urgent=urgent)
    return messages


def send_on(messages: list[Message], media: list[str], *, urgent: bool) -> None:
    """Put the words, in the language of each person's account, on their way by each channel."""
    rows = []
    for start in range(0, len(messages), BATCH):
        batch = messages[start : start + BATCH]
        accounts = Account.objects.filter(person__in=[message.person_id for message in batch])
        languages = dict(accounts.values_list("person", "language"))
        for message in batch:
            words = in_language(languages.get(message.person_id) or "zh-hans", message)
            rows += [
                outgoing(medium, words, person=message.person, message=message, urgent=urgent)
                for medium in media
            ]
    Outgoing.objects.bulk_create(rows, batch_size=BATCH)


def in_language(language: str, message: Message) -> str:
    with translation.override(language):
        return filled(message.text, message.params)


def outgoing(
    medium: str, words: str, *, person: Person | None = None, to: str = "", message: Message | None = None,
    urgent: bool = False, secret: bool = False, lives: timedelta | None = None, moment: datetime | None = None,
) -> Outgoing:  # fmt: skip
    """One outgoing message, not yet written. The number is looked up when it is sent, unless ``to`` names it.

    ``secret`` words are blanked as soon as they are sent; what ``lives`` only so long is not sent later.
    """
    at = moment or now()
    row = Outgoing(
        message=message, person=person, medium=medium, urgent=urgent, secret=secret, at=at, next_try_at=at,
        expires_at=at + lives if lives else None,
    )  # fmt: skip
    put(row, "text", words)
    if to:
        put(row, "to", to)
    return row


def queue(medium: str, words: str, **more: Any) -> Outgoing:
    """Put one message on its way; see ``outgoing`` for what may be said about it."""
    row = outgoing(medium, words, **more)
    row.save(force_insert=True)
    return row


def post(words: str, *, urgent: bool = False) -> Outgoing:
    """Say something in the staff's WeCom group."""
    return queue(Medium.WECOM, words, urgent=urgent)


@transaction.atomic(savepoint=False)
def settle(case: Any, person: Person | None = None, *, verb: str = "") -> int:
    """What waited is done, for one person or for everybody; reminders still on their way are called back."""
    waiting = Message.objects.filter(case_id=key_of(case), waits=True, done_at=None)
    if person is not None:
        waiting = waiting.filter(person=person)
    if verb:
        waiting = waiting.filter(verb=verb)
    keys = list(waiting.values_list("pk", flat=True))
    if not keys:
        return 0
    Outgoing.objects.filter(message__in=keys, state=Outgoing.State.QUEUED).update(
        state=Outgoing.State.DROPPED
    )
    return Message.objects.filter(pk__in=keys, done_at=None).update(done_at=now())


def mark_read(person: Person, keys: Iterable[int] | None = None) -> int:
    """She has seen these, or all of them."""
    unread = Message.objects.filter(person=person, read_at=None)
    if keys is not None:
        unread = unread.filter(pk__in=list(keys))
    return unread.update(read_at=now())


def try_again(row: Outgoing) -> bool:
    """A clerk sends once more what was given up; the same ``ref``, so it cannot arrive twice."""
    ended = Outgoing.objects.filter(
        pk=row.pk, state__in=(Outgoing.State.GIVEN_UP, Outgoing.State.FAILED), blanked_at=None
    )
    return ended.update(state=Outgoing.State.QUEUED, attempts=0, next_try_at=now(), error="") == 1


@transaction.atomic
def forget_person(person_id: int) -> int:
    """Erase what one person was told, on the page and outside it."""
    sent = Outgoing.objects.filter(person=person_id)
    sent.filter(state__in=OPEN).update(state=Outgoing.State.DROPPED)
    sent.update(to="", text="", error="", blanked_at=now())
    return Message.objects.filter(person=person_id).delete()[0]


@transaction.atomic
def retitle(case_titles: dict[int, str]) -> int:
    """What others were told of these matters names them anew: on the page, and in what has not left yet."""
    told = Message.objects.filter(case_id__in=case_titles, params__has_key="title")
    messages = {message.pk: message for message in told}
    for message in messages.values():
        message.params["title"] = case_titles[message.case_id or 0]
    Message.objects.bulk_update(messages.values(), ["params"], batch_size=BATCH)
    leaving = Outgoing.objects.filter(message__in=list(messages), blanked_at=None)
    for row in leaving:
        row.text = ""
        if row.state in OPEN:
            put(row, "text", in_language("zh-hans", messages[row.message_id or 0]))
        else:
            row.blanked_at = now()
    Outgoing.objects.bulk_update(leaving, ["text", "blanked_at"], batch_size=BATCH)
    return len(messages)
