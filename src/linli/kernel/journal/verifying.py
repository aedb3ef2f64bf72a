"""Prove that the journal is what it was: nothing changed, removed, moved, slipped in or cut off."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.kernel.journal.actions import commitment as commitment_of
from linli.kernel.journal.chain import ALGORITHM, FIXED, GENESIS, Link, head_after
from linli.kernel.journal.heads import published_heads
from linli.kernel.journal.models import Entry, Seal
from linli.kernel.journal.sealing import unsealed

BATCH = 5000
COLUMNS = (
    "position", "entry_id", "head", "algorithm", "sealed_at",
    *(f"entry__{name}" for name in FIXED), "entry__commitment", "entry__payload", "entry__salt",
)  # fmt: skip
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found; ``first_bad`` is the key of the first entry that does not hold."""

    ok: bool = True
    rows: int = 0
    head: str = GENESIS.hex()
    erased: int = 0
    unsealed: int = 0
    first_bad: int | None = None
    position: int | None = None
    why: Any = ""


def verify(progress: Progress | None = None) -> Report:
    """Walk the chain from its first link, then the unsealed tail, then compare with the published heads."""
    published = published_heads()
    total = Seal.objects.aggregate(last=Max("position"))["last"] or 0
    report = Report()
    for row in _sealed_rows():
        report = _after(report, row, published)
        if progress and report.rows % BATCH == 0:
            progress(report.rows, total)
        if not report.ok:
            return report
    for check in (_missing_end, _cut_off, _tail):
        report = check(report, published)
        if not report.ok:
            break
    return report


def _sealed_rows() -> Iterator[tuple[Any, ...]]:
    """Batches by key, so that no long read keeps the write-ahead log from being recycled."""
    last = None
    while True:
        rows = Seal.objects.order_by("position").values_list(*COLUMNS)
        batch = list((rows if last is None else rows.filter(position__gt=last))[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1][0]


def _after(report: Report, row: tuple[Any, ...], published: dict[int, tuple[str, str]]) -> Report:
    position, entry_id, head, algorithm, sealed_at, *fields = row
    *fixed, commitment, payload, salt = fields
    if position != report.rows + 1:
        return _gap(report, report.rows + 1)
    why = _words_problem(payload, salt, bytes(commitment))
    link = Link(position, sealed_at, tuple(fixed), bytes(commitment), algorithm)
    why = why or _link_problem(bytes.fromhex(report.head), link, bytes(head))
    told = published.get(position)
    if not why and told and told[0] != bytes(head).hex():
        why = format_lazy(_("It differs from the head published on {day}."), day=told[1])
    if why:
        return replace(report, ok=False, first_bad=entry_id, position=position, why=why)
    return replace(report, rows=position, head=bytes(head).hex(), erased=report.erased + (payload is None))


def _words_problem(payload: str | None, salt: Any, commitment: bytes) -> Any:
    """Erased words are gone together with their salt; kept words must match their commitment."""
    if payload is None and salt is None:
        return ""
    if payload is None or salt is None or commitment_of(bytes(salt), payload) != commitment:
        return _("Its words were changed.")
    return ""


def _link_problem(previous: bytes, link: Link, head: bytes) -> Any:
    if link.algorithm != ALGORITHM:
        return _("Its seal names an unknown algorithm.")
    if link.position < 1 or head_after(previous, link) != head:
        return _("It was changed, moved or slipped in: the chain does not fit here.")
    return ""


def _gap(report: Report, position: int) -> Report:
    """A place in the chain is empty: the entry, its seal, or both were taken away."""
    seal = Seal.objects.filter(position=position).values_list("entry_id", flat=True).first()
    bad = replace(report, ok=False, position=position)
    if seal is not None:
        return replace(bad, first_bad=seal, why=_("The entry was deleted."))
    orphan = unsealed().values_list("pk", flat=True).first()
    return replace(bad, first_bad=orphan, why=_("The seal at this place was deleted."))


def _missing_end(report: Report, _published: dict[int, tuple[str, str]]) -> Report:
    last = Seal.objects.filter(position__gt=report.rows).exclude(entry__in=Entry.objects.all())
    lost = last.order_by("position").values_list("position", flat=True).first()
    return _gap(report, lost) if lost is not None else report


def _cut_off(report: Report, published: dict[int, tuple[str, str]]) -> Report:
    beyond = [position for position in published if position > report.rows]
    if not beyond:
        return report
    why = format_lazy(
        _("The journal ends at place {end}, but on {day} it had already reached {seen}."),
        end=report.rows, day=published[max(beyond)][1], seen=max(beyond),
    )  # fmt: skip
    return replace(report, ok=False, position=report.rows + 1, why=why)


def _tail(report: Report, _published: dict[int, tuple[str, str]]) -> Report:
    """Entries not yet sealed are counted, and their words must match all the same."""
    count = 0
    for pk, commitment, payload, salt in (
        unsealed().values_list("pk", "commitment", "payload", "salt").iterator()
    ):
        why = _words_problem(payload, salt, bytes(commitment))
        if why:
            return replace(report, ok=False, first_bad=pk, why=why)
        count += 1
    return replace(report, unsealed=count)
