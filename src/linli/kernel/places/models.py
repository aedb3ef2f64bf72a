from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.kernel.keys import new_id


class Area(models.Model):
    """A piece of ground. ``path`` is its codes from the district down, each followed by a slash."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("District")
        STREET = "street", _("Subdistrict")
        COMMUNITY = "community", _("Community")
        GRID = "grid", _("Grid")
        ESTATE = "estate", _("Property area")
        BUILDING = "building", _("Building")
        STAIR = "stair", _("Stair")
        DWELLING = "dwelling", _("Dwelling")
        SPOT = "spot", _("Spot")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=120)
    floor_area = models.PositiveIntegerField(_("Area in 0.01 m²"), null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ("path",)
        constraints = (
            models.UniqueConstraint(fields=("path",), condition=Q(valid_to=None), name="area_path_once"),
            models.CheckConstraint(
                name="area_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        )
        indexes = (
            models.Index(fields=("path",), name="area_by_path", opclasses=("varchar_pattern_ops",)),
            models.Index(fields=("kind", "code"), name="area_by_code"),
        )

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class EstateMember(models.Model):
    """A building that belongs to a property area; the buildings of one estate may lie in several communities."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    estate = models.ForeignKey(Area, models.PROTECT, related_name="members")
    building = models.ForeignKey(Area, models.PROTECT, related_name="estates")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("building",), condition=Q(valid_to=None), name="building_in_one_estate"
            ),
            models.CheckConstraint(
                name="estate_member_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.building} · {self.estate}"


class Body(models.Model):
    """A committee, firm, office, department or team that serves an area."""

    class Kind(models.TextChoices):
        RESIDENTS_COMMITTEE = "residents_committee", _("Residents' committee")
        PARTY_BRANCH = "party_branch", _("Community Party body")
        SUPERVISION = "supervision", _("Supervision committee")
        BUILDING_COMMITTEE = "building_committee", _("Building committee")
        PROPERTY_FIRM = "property_firm", _("Property firm")
        PROPERTY_COMMITTEE = "property_committee", _("Property management committee")
        STREET_OFFICE = "street_office", _("Subdistrict office")
        STREET_SECTION = "street_section", _("Section of the subdistrict")
        DEPARTMENT = "department", _("District department")
        UTILITY = "utility", _("Public utility")
        HOTLINE = "hotline", _("Hotline centre")
        GRID_TEAM = "grid_team", _("Grid staff")
        SECURITY_TEAM = "security_team", _("Neighbourhood watch team")
        PERSUASION_TEAM = "persuasion_team", _("Persuasion team")
        EMERGENCY_TEAM = "emergency_team", _("Emergency team")
        THINK_TANK = "think_tank", _("Residents' think tank")
        ORGANISATION = "organisation", _("Social organisation")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24, choices=Kind)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="bodies")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    credit_code = models.CharField(max_length=18, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "bodies"
        indexes = (models.Index(fields=("area", "kind"), name="body_of_area"),)

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


class Post(models.Model):
    """A seat in a body, held through tenures (kernel.people)."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, models.CASCADE, related_name="posts")
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True)
    seats_min = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveSmallIntegerField(default=1)
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("body", "title"), name="post_once_a_body"),
            models.CheckConstraint(name="post_seats_in_order", condition=Q(seats__gte=F("seats_min"))),
        )

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title


class GazetteerEntry(models.Model):
    """A line of the country's statistical division codes; read-only, beside the live tree."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=80)
    parent_code = models.CharField(max_length=12, db_index=True)
    level = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.name


class Choice(models.Model):
    """What a district or community chose (a rule set, a default), dated; the newest one above wins."""

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.CASCADE, related_name="choices")
    key = models.CharField(max_length=40)
    value = models.CharField(max_length=200)
    valid_from = models.DateField()
    chosen_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("key", "valid_from"), name="choice_by_key"),)

    def __str__(self) -> str:
        return f"{self.key}={self.value}"
