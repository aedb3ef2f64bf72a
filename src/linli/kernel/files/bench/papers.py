"""Papers: a PDF written anew without anything that runs, opens, sends, hides or tells who wrote it."""

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Pdf, settings

from linli.kernel.files.bench import Unfit

BYTES = 20_000_000
PAGES = 300
OBJECTS = 200_000
NESTING = 50
DECODED = 100_000_000
STRIPPED = (
    "/JS", "/JavaScript", "/OpenAction", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/AF", "/RichMediaContent",
    "/Metadata", "/PieceInfo", "/Collection", "/Perms", "/Requirements",
)  # fmt: skip
ACTING = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/GoToDp",
    "/Rendition", "/Movie", "/Hide", "/SetOCGState", "/GoTo3DView", "/RichMediaExecute", "/Trans",
}  # fmt: skip
STILL_ACTIONS = {"/GoTo", "/Named"}
LINKS = ("http://", "https://", "mailto:", "tel:")
ACTING_NOTES = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
UNREADABLE = (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, IndexError)


def remake(source: Path, target: Path) -> dict[str, object]:
    if source.stat().st_size > BYTES:
        raise Unfit("too_big")
    settings.set_qpdf_limits(
        flate_max_memory=DECODED, run_length_max_memory=DECODED, png_max_memory=DECODED, doc_max_warnings=200
    )
    try:
        with Pdf.open(source) as paper:
            pages = defused(paper)
            paper.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        readable(target, pages)
    except pikepdf.PasswordError:
        raise Unfit("encrypted") from None
    except UNREADABLE:
        raise Unfit("broken") from None
    return {"type": "application/pdf", "ending": "pdf", "pages": pages}


def defused(paper: Pdf) -> int:
    """Take out whatever acts; how many pages are left to read."""
    if paper.is_encrypted:
        raise Unfit("encrypted")
    if len(paper.objects) > OBJECTS:
        raise Unfit("too_heavy")
    pages = len(paper.pages)
    if not 0 < pages <= PAGES:
        raise Unfit("too_many_pages" if pages else "broken")
    for thing in paper.objects:
        clean(thing)
    for page in paper.pages:
        drop_acting_notes(page.obj)
    if "/Info" in paper.trailer:
        del paper.trailer["/Info"]
    return pages


def readable(made: Path, pages: int) -> None:
    """Look at what was written with fresh eyes: a paper that only its writer can read is broken."""
    with Pdf.open(made) as again:
        if len(again.pages) != pages:
            raise Unfit("broken")


def clean(thing: Any, depth: int = 0) -> None:
    """Clean one object and what lies inside it; what it only points to has its own turn."""
    if depth > NESTING:
        raise Unfit("too_heavy")
    if isinstance(thing, pikepdf.Stream):
        clean_stream(thing)
    inside: list[Any] = []
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        clean_entries(thing)
        inside = [thing[key] for key in thing.keys()]  # noqa: SIM118 -- not a dict
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            clean(value, depth + 1)


def clean_entries(thing: Any) -> None:
    keys = set(thing.keys())
    if "/S" in keys and str(thing["/S"]) in ACTING:
        for key in keys:
            del thing[key]
        return
    for key in keys.intersection(STRIPPED):
        del thing[key]
    if "/A" in keys and not is_still(thing["/A"]):
        del thing["/A"]


def clean_stream(thing: Any) -> None:
    """A stream may name a file outside the paper as its content; ours never do."""
    for key in {"/F", "/FFilter", "/FDecodeParms"}.intersection(thing.keys()):
        del thing[key]


def is_still(action: Any) -> bool:
    """Whether an action only turns pages or follows a link the reader clicks."""
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return True  # layout attributes share the key; an action without a kind does nothing
    kind = str(action["/S"])
    return kind in STILL_ACTIONS or (kind == "/URI" and str(action.get("/URI", "")).lower().startswith(LINKS))


def drop_acting_notes(page: Any) -> None:
    if "/Annots" not in page:
        return
    kept = [note for note in page["/Annots"] if str(note.get("/Subtype", "")) not in ACTING_NOTES]
    page["/Annots"] = pikepdf.Array(kept)
