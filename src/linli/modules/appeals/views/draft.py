"""What a neighbour has typed and handed in so far, kept for a day in her own session until it is sent.

Photos are checked and lie on the disk without a row: nothing names whoever handed them in.
"""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from linli.kernel.answers import Refused
from linli.kernel.clock import now
from linli.kernel.files import disk
from linli.kernel.files.actions import Checked, Upload, check
from linli.kernel.files.models import ENDINGS, File
from linli.modules.appeals.models import Identity
from linli.modules.appeals.rules.raising import MOST_PHOTOS

NAME = "appeals.draft"
LIVES = 20 * 60 * 60  # less than the day after which bytes without a row are swept away


@dataclass
class Draft:
    text: str = ""
    place: str = ""
    spot: str = ""
    identity: str = Identity.NAMED.value
    scanned: bool = False
    machine: bool = False
    behalf: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    suggestion: dict[str, Any] = field(default_factory=dict)
    same: list[int] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    complete: bool = False
    once: str = field(default_factory=lambda: secrets.token_hex(12))
    at: int = 0

    @property
    def checked(self) -> list[Checked]:
        return [Checked(**file) for file in self.files]

    @property
    def photos(self) -> list[Checked]:
        return [file for file in self.checked if file.kind == File.Kind.PHOTO]

    @property
    def recordings(self) -> list[Checked]:
        return [file for file in self.checked if file.kind == File.Kind.AUDIO]


def draft_of(request: Any) -> Draft | None:
    """The draft of this session, unless it is too old; a look writes nothing."""
    kept = request.session.get(NAME)
    if not kept or int(now().timestamp()) - kept["at"] > LIVES:
        return None
    draft = Draft(**kept)
    draft.files = [file for file in draft.files if lies_there(Checked(**file))]
    return draft


def lies_there(file: Checked) -> bool:
    return disk.place_of(file.token, ENDINGS[file.content_type]).exists()


def keep_draft(request: Any, draft: Draft) -> None:
    draft.at = int(now().timestamp())
    request.session[NAME] = asdict(draft)


def forget_draft(request: Any) -> None:
    request.session.pop(NAME, None)


def take_files(draft: Draft, *, photos: Iterable[Upload], recording: Upload | None) -> list[tuple[str, str]]:
    """Check what was handed in and keep what is good; the refusals come back beside their field."""
    refused: list[tuple[str, str]] = []
    for upload in photos:
        if len(draft.photos) >= MOST_PHOTOS:
            refused.append(("photos", ""))
            break
        _take(draft, upload, File.Kind.PHOTO, "photos", refused)
    if recording is not None:
        before = draft.recordings
        if _take(draft, recording, File.Kind.AUDIO, "recording", refused):
            drop_files(draft, [file.token for file in before])
    return refused


def _take(draft: Draft, upload: Upload, kind: str, name: str, refused: list[tuple[str, str]]) -> bool:
    """The same photo twice, as after a page was sent again, is kept once."""
    try:
        made = check(upload, kinds=(kind,))
    except Refused as refusal:
        refused.append((name, str(refusal)))
        return False
    if made.sha256 not in {file["sha256"] for file in draft.files}:
        draft.files.append(asdict(made))
        return True
    disk.throw_away(made.token, ENDINGS[made.content_type])
    return False


def drop_files(draft: Draft, tokens: Iterable[str]) -> None:
    """Take back files of this draft; others are not hers to name."""
    unwanted = set(tokens)
    for file in draft.checked:
        if file.token in unwanted:
            disk.throw_away(file.token, ENDINGS[file.content_type])
    draft.files = [file for file in draft.files if file["token"] not in unwanted]
