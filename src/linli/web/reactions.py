"""What the shell does when somebody below says a verb."""

from functools import partial
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import today
from linli.kernel.inbox.actions import tell, tell_all
from linli.kernel.inbox.models import Message
from linli.kernel.journal.models import Entry
from linli.kernel.journal.verbs import on
from linli.kernel.people.models import Account, Mandate, Opening
from linli.kernel.people.openings import deciders_of

BATCH = 500
OF_MANDATES = ("people.mandate_given", "people.mandate_accepted", "people.mandate_revoked")


@on("people.erased")
def end_her_sessions(entry: Entry) -> None:
    """On every device, with what she had begun to write there; after the transaction, since all are read."""
    accounts = {
        str(key) for key in Account.objects.filter(person=entry.object_id).values_list("pk", flat=True)
    }
    if accounts:
        transaction.on_commit(partial(forget_sessions, accounts))


def forget_sessions(accounts: set[str]) -> int:
    """A session does not say whose it is until it is opened."""
    every = Session.objects.order_by("pk").iterator(chunk_size=BATCH)
    hers = [session.pk for session in every if session.get_decoded().get(SESSION_KEY) in accounts]
    return Session.objects.filter(pk__in=hers).delete()[0] if hers else 0


@on("people.erased")
def forget_her_mandates(entry: Entry) -> None:
    """What others were told of her mandates names her, so it goes."""
    hers = Q(params__giver_id=entry.object_id) | Q(params__holder_id=entry.object_id)
    Message.objects.filter(hers, verb__in=OF_MANDATES).delete()


def both_of(mandate: Mandate) -> dict[str, Any]:
    """Their names, and their keys so that the message is found when one of them is erased."""
    giver, holder = mandate.giver, mandate.holder
    return {"giver": str(giver), "holder": str(holder), "giver_id": giver.pk, "holder_id": holder.pk}


@on("people.mandate_given")
def tell_of_a_mandate(entry: Entry) -> None:
    """The other is asked; what the desk wrote down from a paper both of them read."""
    mandate = Mandate.objects.select_related("giver", "holder").get(pk=entry.object_id)
    params = both_of(mandate)
    asks = _("{giver} asks you to act for them. Agree or not under “Me”.")
    paper = _("The desk wrote down that {holder} may act for {giver}. Either of you can end it.")
    people = [mandate.holder] if mandate.accepted_at is None else [mandate.holder, mandate.giver]
    text = asks if mandate.accepted_at is None else paper
    tell_all(people, entry.verb, text=text, params=params, url=("web:mandates",), by=entry.actor_id)


@on("people.mandate_accepted")
def tell_that_she_agreed(entry: Entry) -> None:
    mandate = Mandate.objects.select_related("giver", "holder").get(pk=entry.object_id)
    tell(
        mandate.giver, entry.verb, text=_("{holder} agreed and may now act for you."),
        params=both_of(mandate), url=("web:mandates",), by=entry.actor_id,
    )  # fmt: skip


@on("people.mandate_revoked")
def tell_that_it_ended(entry: Entry) -> None:
    """The other of the two; both, when the desk wrote it down."""
    mandate = Mandate.objects.select_related("giver", "holder").get(pk=entry.object_id)
    others = [one for one in (mandate.giver, mandate.holder) if one.pk != entry.actor_id]
    params = both_of(mandate)
    text = _("The mandate to act for {giver} has ended.")
    tell_all(others, entry.verb, text=text, params=params, url=("web:mandates",), by=entry.actor_id)


@on("people.opening_asked")
def tell_the_second_person(entry: Entry) -> None:
    wish = Opening.objects.select_related("subject__community", "asked_by").get(pk=entry.object_id)
    tell_all(
        deciders_of(wish, on=today()), entry.verb, text=_("{who} asks to open what is kept about a child. Please decide."),
        params={"who": str(wish.asked_by)}, url=("web:openings",), by=entry.actor_id,
    )  # fmt: skip


@on("people.opening_agreed")
@on("people.opening_refused")
def tell_who_asked(entry: Entry) -> None:
    wish = Opening.objects.select_related("asked_by").get(pk=entry.object_id)
    agreed = _("You may open it now, for half an hour.")
    refused = _("Not agreed: {answer}")
    tell(
        wish.asked_by, entry.verb, text=agreed if wish.agreed else refused, params={"answer": wish.answer},
        url=("web:openings",), by=entry.actor_id,
    )  # fmt: skip
