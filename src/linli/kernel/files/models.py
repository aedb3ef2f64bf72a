from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.journal.models import Sensitivity
from linli.kernel.keys import new_id

ENDINGS = {
    "image/jpeg": "jpg", "application/pdf": "pdf", "audio/wav": "wav", "audio/mpeg": "mp3",
    "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a",
}  # fmt: skip


class File(models.Model):
    """One photo, paper or recording as we made it anew; what was handed in is never kept."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        PDF = "pdf", _("PDF")
        AUDIO = "audio", _("recording")

    class Audience(models.IntegerChoices):
        PUBLIC = 0, _("everybody who sees the matter")
        PARTIES = 1, _("the parties and those who handle it")
        STAFF = 2, _("those who handle it")

    id = models.BigIntegerField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=120)
    caption = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=30)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    token = models.CharField(max_length=32, unique=True)
    group_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=120, blank=True)
    body_id = models.BigIntegerField(null=True)
    sensitivity = models.SmallIntegerField(choices=Sensitivity, default=Sensitivity.PARTIES)
    audience = models.SmallIntegerField(choices=Audience, default=Audience.PARTIES)
    by_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("group_id", "id"), name="file_of_group"),
            models.Index(fields=("owner_id", "id"), name="file_of_person"),
            models.Index(fields=("at",), name="file_loose", condition=Q(group_id=None)),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def ending(self) -> str:
        return ENDINGS[self.content_type]
