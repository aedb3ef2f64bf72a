from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.cases.models import Case
from linli.kernel.keys import new_id
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area, Body


class State(models.TextChoices):
    RECEIVED = "received", _("waiting for the desk")
    ANSWERED = "answered", _("answered at once")
    REFERRED = "referred", _("shown the right way")
    TRANSFERRED = "transferred", _("handed to the emergency service")
    MERGED = "merged", _("joined with the same matter")
    DISPATCHED = "dispatched", _("sent to a unit")
    OBJECTED = "objected", _("the unit objects")
    HANDLING = "handling", _("being handled")
    SUSPENDED = "suspended", _("paused")
    HUNG = "hung", _("put on the long list")
    REPLIED = "replied", _("waiting for call-back")
    CLOSED = "closed", _("closed")


class Kind(models.TextChoices):
    """The five types of 北京市接诉即办工作条例 第二条; praise is Tianjin's (DB12/T 1438—2025)."""

    CONSULTATION = "consultation", _("Question")
    HELP = "help", _("Request for help")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report of a wrong")
    SUGGESTION = "suggestion", _("Suggestion")
    PRAISE = "praise", _("Praise")


class Urgency(models.TextChoices):
    EMERGENCY = "emergency_2h", _("Life or property in danger")
    URGENT = "urgent_24h", _("Water, power, gas, heat and the like")
    ORDINARY = "ordinary_7d", _("Ordinary")
    COMPLEX = "complex_15d", _("Complex")


class Channel(models.TextChoices):
    WEB = "web", _("Web page")
    VOICE = "voice", _("Voice recording")
    PHONE = "phone", _("Phone")
    WALK_IN = "walk-in", _("At the desk")
    VISIT = "visit", _("Home visit")
    HOTLINE = "hotline_12345", _("Hotline 12345")
    WECHAT = "wechat", _("WeChat")
    QR = "loudspeaker_qr", _("QR code on a notice")
    IMPORT = "import", _("Imported")


class Identity(models.TextChoices):
    """Who learns who raised it."""

    NAMED = "named", _("The desk and the unit that handles it know me")
    HIDDEN = "hidden", _("Only the desk knows me")
    ANONYMOUS = "anonymous", _("Nobody knows me")


class Route(models.TextChoices):
    """The six special routes of 北京市接诉即办工作条例 第十一条."""

    NONE = "none", _("none")
    EMERGENCY_110 = "emergency_110", _("Police 110")
    EMERGENCY_119 = "emergency_119", _("Fire 119")
    EMERGENCY_120 = "emergency_120", _("Ambulance 120")
    EMERGENCY_122 = "emergency_122", _("Traffic police 122")
    LEGAL = "legal_channel", _("A legal channel exists")
    SAME = "duplicate_no_new_fact", _("The same matter, nothing new")
    SECRET = "secret_or_privacy", _("Secret or somebody's privacy")
    OUTSIDE = "outside_duties", _("Outside every unit's duties")
    ILLEGAL = "illegal", _("Against the law or public order")


class Appeal(models.Model):
    """What an appeal holds beyond the spine of its case."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="appeal")
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    l1 = models.CharField(max_length=4, blank=True)
    l2 = models.CharField(max_length=6, blank=True)
    urgency = models.CharField(max_length=12, choices=Urgency, default=Urgency.ORDINARY)
    channel = models.CharField(max_length=14, choices=Channel)
    identity = models.CharField(max_length=9, choices=Identity, default=Identity.NAMED)
    text = models.TextField(blank=True)
    spot = models.CharField(max_length=80, blank=True)
    needs_words = models.BooleanField(default=False)
    route = models.CharField(max_length=24, choices=Route, default=Route.NONE)
    suggestion = models.JSONField(default=dict)
    to_grid = models.BooleanField(default=False)
    copied_to_district = models.DateTimeField(null=True)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)
    nudged_on = models.DateField(null=True)
    contacted_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    excluded = models.CharField(max_length=20, blank=True)
    public_title = models.CharField(max_length=80, blank=True)
    public_reply = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    source_ref = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("published_at",), name="appeal_board", condition=Q(published_at__isnull=False)),
            models.Index(fields=("case",), name="appeal_unheard", condition=Q(needs_words=True)),
            models.Index(fields=("source_ref",), name="appeal_source", condition=~Q(source_ref="")),
            models.Index(fields=("l2",), name="appeal_l2"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.text[:40]


class CatalogueRow(models.Model):
    """派单目录: which unit a category goes to in an area, from which day (条例 第十一条)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    l2 = models.CharField(max_length=6)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    unit_name = models.CharField(max_length=80, blank=True)
    helpers = models.CharField(max_length=200, blank=True)
    urgency = models.CharField(max_length=12, choices=Urgency, default=Urgency.ORDINARY)
    to_grid = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("l2", "valid_from"), name="catalogue_by_category"),)
        constraints = (
            models.CheckConstraint(
                name="catalogue_names_a_unit", condition=Q(unit__isnull=False) | ~Q(unit_name="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.l2} → {self.unit_name}"


class Duty(models.Model):
    """职责清单: a matter a community may be given, and whether it leads or only assists (条例 第十七条)."""

    class Part(models.TextChoices):
        LEAD = "lead", _("leads")
        ASSIST = "assist", _("assists")
        NONE = "none", _("has no part")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    l2 = models.CharField(max_length=6)
    part = models.CharField(max_length=6, choices=Part)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "duties"
        indexes = (models.Index(fields=("l2", "valid_from"), name="duty_by_category"),)

    def __str__(self) -> str:
        return f"{self.l2} {self.part}"


class Objection(models.Model):
    """A unit says a case is not its own; somebody above decides (条例 第十二条)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="objections")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    suggests = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(decided_at=None), name="one_open_objection"
            ),
        )

    def __str__(self) -> str:
        return f"{self.body}: {self.reason[:20]}"


class Whistle(models.Model):
    """街道吹哨、部门报到: the street calls a department to the spot, and both are scored (条例 第十六、三十三条)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="whistles")
    caller = models.ForeignKey(Body, models.PROTECT, related_name="+")
    called = models.ForeignKey(Body, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    task = models.TextField()
    at = models.DateTimeField()
    arrive_by = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    score_of_called = models.PositiveSmallIntegerField(null=True)
    score_of_caller = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("called", "at"), name="whistle_for"),)

    def __str__(self) -> str:
        return f"{self.caller} → {self.called}"


class Hanging(models.Model):
    """挂账: cannot be solved now; a plan, a level that approved it and a day to look again."""

    class Level(models.TextChoices):
        STREET = "street", _("Subdistrict")
        DISTRICT = "district", _("District")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="hangings")
    plan = models.TextField()
    review_on = models.DateField()
    level = models.CharField(max_length=8, choices=Level)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=("review_on",), name="hanging_to_review", condition=Q(ended_at=None)),)

    def __str__(self) -> str:
        return f"{self.case_id} · {self.review_on}"


class Exclusion(models.Model):
    """剔除: left out of the rates for a stated reason, decided by somebody who did not handle it."""

    class Code(models.TextChoices):
        UNLAWFUL = "unlawful", _("asks for what the law forbids")
        ENDED_BY_LAW = "ended_by_law", _("already ended by legal procedure")
        DUPLICATE = "duplicate", _("repeats another matter")
        UNREACHABLE = "unreachable", _("nobody could be reached in three tries")
        OUTSIDE = "outside", _("lies outside the area or every duty")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="exclusions")
    code = models.CharField(max_length=12, choices=Code)
    evidence = models.TextField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case",), condition=Q(decided_at=None), name="one_open_exclusion"
            ),
            models.CheckConstraint(
                name="exclusion_reviewer_is_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} · {self.code}"


class ImportJob(models.Model):
    """A file of old matters: first every row is checked, then it is loaded; it can be stopped between batches."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("completed")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    chart = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    rehearsal = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    report = models.JSONField(default=dict)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.file_name} · {self.state}"
