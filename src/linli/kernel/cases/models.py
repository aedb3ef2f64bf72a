from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.journal.models import Sensitivity
from linli.kernel.keys import new_id
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area, Body


class Counter(models.Model):
    """A locked row from which human numbers are drawn."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Case(models.Model):
    """The spine of every matter of every kind; a module adds a detail row, never a second spine."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=24)
    state_since = models.DateTimeField()
    turn = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=120)
    public_title = models.CharField(max_length=120, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    path = models.CharField(max_length=120)
    community = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    street = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="raised")
    operator = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    unit = models.ForeignKey(Body, models.PROTECT, null=True, related_name="cases")
    handler = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sensitivity = models.SmallIntegerField(choices=Sensitivity, default=Sensitivity.PARTIES)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    query_code_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("community", "state", "due_at", "id"), name="case_desk"),
            models.Index(fields=("unit", "state", "due_at", "id"), name="case_worklist"),
            models.Index(fields=("street", "state", "due_at", "id"), name="case_street"),
            models.Index(fields=("raised_by", "id"), name="case_of_person"),
            models.Index(fields=("community", "closed_at", "id"), name="case_board"),
            models.Index(
                fields=("path", "id"), name="case_path", opclasses=("varchar_pattern_ops", "int8_ops")
            ),
            models.Index(fields=("query_code_hash",), name="case_by_code", condition=~Q(query_code_hash="")),
        )
        constraints = (
            models.CheckConstraint(
                name="case_closes_after_it_is_raised",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("raised_at")),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def title_for(self, reader: int | None) -> str:
        """Her own words for the one who raised it; for everybody else what kind of matter it is."""
        return self.title if reader == self.raised_by_id else self.public_title


class Party(models.Model):
    """A person with a part in a case."""

    class Part(models.TextChoices):
        REPORTER = "reporter", _("raised it")
        JOINED = "joined", _("said “me too”")
        HELPER = "helper", _("helps")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="parts", db_index=False)
    part = models.CharField(max_length=10, choices=Part)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "parties"
        indexes = (models.Index(fields=("person", "part", "case"), name="party_of_person"),)
        constraints = (models.UniqueConstraint(fields=("case", "person", "part"), name="party_once"),)

    def __str__(self) -> str:
        return f"{self.person} {self.get_part_display()}"


class Step(models.Model):
    """One line of the thread: a verb, perhaps with words."""

    class Audience(models.IntegerChoices):
        PUBLIC = 0, _("everybody who sees the matter")
        PARTIES = 1, _("the parties and those who handle it")
        STAFF = 2, _("those who handle it")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=60)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    behalf = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    audience = models.SmallIntegerField(choices=Audience, default=Audience.PARTIES)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("case", "id"), name="step_of_case"),)

    def __str__(self) -> str:
        return f"{self.verb} · {self.case_id}"


class Clock(models.Model):
    """One legal limit running on a case, with everything needed to explain its date later."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    name = models.CharField(max_length=20)
    rule_set = models.CharField(max_length=20)
    rule_version = models.CharField(max_length=20)
    limit_key = models.CharField(max_length=40)
    holidays = models.CharField(max_length=20, blank=True)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    extension = models.CharField(max_length=20, blank=True)
    pauses = models.JSONField(default=list)
    met_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("case", "name"), name="clock_of_case"),
            models.Index(fields=("due_at",), name="clock_running", condition=Q(met_at=None, dropped_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.name} · {self.due_at:%Y-%m-%d %H:%M}"


class Link(models.Model):
    """How one case leads to another; the chain is the thread a resident follows."""

    class Kind(models.TextChoices):
        BECOMES = "becomes", _("became")
        REPEATS = "repeats", _("repeats")
        PART_OF = "part_of", _("is part of")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(Case, models.CASCADE, related_name="leads_to")
    target = models.ForeignKey(Case, models.CASCADE, related_name="comes_from")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "target", "kind"), name="link_once"),
            models.CheckConstraint(name="link_between_two", condition=~Q(source=F("target"))),
        )

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class Evaluation(models.Model):
    """What those who asked say of the result; the newest counts, none is overwritten."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="evaluations")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    operator = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reached = models.BooleanField(default=True)
    contacted_in_time = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    via = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("case", "id"), name="evaluation_of_case"),)

    def __str__(self) -> str:
        return f"{self.case_id} · {self.via}"
