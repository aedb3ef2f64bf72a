from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id


class Doc(models.Model):
    """One thing that can be found: its words, where it leads, and who may find it.

    Its words reach the index within seconds. ``before`` keeps what the index still holds of an earlier
    version, since the index forgets only what it is told exactly.
    """

    class State(models.IntegerChoices):
        WAITING = 0, _("not yet in the index")
        INDEXED = 1, _("in the index")
        CHANGED = 2, _("in the index with earlier words")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=200, blank=True)
    scope = models.TextField(blank=True)
    state = models.SmallIntegerField(choices=State, default=State.WAITING)
    before = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "object_id"), name="doc_once"),)
        indexes = (models.Index(fields=("id",), name="doc_to_index", condition=~Q(state=1)),)

    def __str__(self) -> str:
        return self.title


class Follower(models.Model):
    """How far in the sealed journal somebody has read."""

    name = models.CharField(primary_key=True, max_length=20)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} · {self.position}"
