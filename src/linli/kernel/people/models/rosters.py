from django.db import models

from linli.kernel.keys import new_id
from linli.kernel.people.models.person import Person
from linli.kernel.places.models import Area


class Roster(models.Model):
    """A list of people frozen at a moment; its hash proves that nobody was added or removed later."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    lines_count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.purpose} · {self.area}"


class RosterLine(models.Model):
    """One place on a frozen list: who, for which dwelling, with which weight in 0.01 m² and which share.

    The person is a plain key: the list must stay as it was, whoever is merged or erased later.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    person_id = models.BigIntegerField()
    dwelling_path = models.CharField(max_length=120, blank=True)
    floor_area = models.PositiveIntegerField(default=0)
    share_num = models.PositiveIntegerField(default=1)
    share_den = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("roster", "position"), name="roster_line_once"),)

    def __str__(self) -> str:
        return f"{self.roster_id}:{self.position}"
