import secrets
from datetime import time

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.inbox.wording import filled
from linli.kernel.keys import new_id
from linli.kernel.keys.fields import CipherField
from linli.kernel.people.models import Person


def new_ref() -> str:
    return secrets.token_hex(16)


class Medium(models.TextChoices):
    """The ways out of the house."""

    SMS = "sms", _("text message")
    CALL = "call", _("voice call")
    MAIL = "mail", _("mail")
    WECOM = "wecom", _("WeCom group robot")


class Message(models.Model):
    """One thing a person is told; the words are put together in the reader's language when she reads."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    case_id = models.BigIntegerField(null=True)
    text = models.TextField()
    params = models.JSONField(default=dict)
    url_name = models.CharField(max_length=60, blank=True)
    url_args = models.JSONField(default=list)
    waits = models.BooleanField(default=False)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("person", "id"), name="message_of_person"),
            models.Index(
                fields=("person", "id"), name="message_waits", condition=Q(waits=True, done_at=None)
            ),
            models.Index(fields=("person", "id"), name="message_unread", condition=Q(read_at=None)),
            models.Index(fields=("case_id",), name="message_of_case", condition=Q(waits=True, done_at=None)),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The sentence in the language of whoever reads it now."""
        return filled(self.text, self.params)


class Outgoing(models.Model):
    """One message on its way out. ``ref`` tells the provider that a repeated call is the same message."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waits to be sent")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")
        GIVEN_UP = "given_up", _("given up after many tries")
        DROPPED = "dropped", _("no longer needed")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="outgoing")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    medium = models.CharField(max_length=5, choices=Medium)
    to = CipherField(blank=True)
    text = CipherField(blank=True)
    urgent = models.BooleanField(default=False)
    secret = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ref = models.CharField(max_length=32, unique=True, default=new_ref)
    error = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    blanked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "outgoing"
        indexes = (
            models.Index(
                fields=("medium", "next_try_at"),
                name="outgoing_due",
                condition=Q(state__in=("queued", "sending")),
            ),
            models.Index(fields=("medium", "sent_at"), name="outgoing_sent"),
            models.Index(fields=("person", "id"), name="outgoing_of_person"),
            models.Index(fields=("at",), name="outgoing_legible", condition=Q(blanked_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.medium} {self.ref[:8]} {self.state}"


class Channel(models.Model):
    """How this district reaches the world by one medium; its configuration holds keys and is encrypted."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    medium = models.CharField(max_length=5, choices=Medium, unique=True)
    enabled = models.BooleanField(default=True)
    config = CipherField()
    quiet_from = models.TimeField(default=time(22))
    quiet_to = models.TimeField(default=time(7))
    resting_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.get_medium_display()
