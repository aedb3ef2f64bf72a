"""What the shell does when somebody below says a verb."""

from functools import partial

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from linli.kernel.journal.models import Entry
from linli.kernel.journal.verbs import on
from linli.kernel.people.models import Account

BATCH = 500


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
