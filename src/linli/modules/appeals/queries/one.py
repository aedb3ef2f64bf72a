"""What the page of one appeal shows beside the appeal itself."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Model

from linli.kernel.asking import Question
from linli.kernel.cases.models import Case, Clock, Evaluation, Link
from linli.kernel.files.models import File
from linli.modules.appeals.models import Appeal, Exclusion, Whistle
from linli.modules.appeals.rules.words import category_name

LOOKS: tuple[tuple[type[Model], str], ...] = (
    (File, "group_id"), (Evaluation, "case_id"), (Link, "source_id"), (Link, "target_id"), (Whistle, "case_id"),
    (Exclusion, "case_id"),
)  # fmt: skip
NAMES = ("pick_up", "sign", "contact", "finish", "callback")


@dataclass(frozen=True, slots=True)
class Beside:
    """Which of the things a page may show beside a case are there at all."""

    files: bool
    evaluations: bool
    links: bool
    whistles: bool
    exclusions: bool


def beside(case: Case) -> Beside:
    """One small question, so that a page never asks five times for nothing; most matters have none of them."""
    found = _any_of(LOOKS, case.pk)
    return Beside(found[0], found[1], found[2] or found[3], found[4], found[5])


def _any_of(looks: tuple[tuple[type[Model], str], ...], key: int) -> list[bool]:
    """By hand: what the mapper would make of it costs more than the answer."""
    parts = [
        f'EXISTS (SELECT 1 FROM "{model._meta.db_table}" WHERE "{column}" = %s)'  # noqa: S608 -- names are our own
        for model, column in looks
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", [key] * len(looks))
        row = cursor.fetchone()
    return [bool(value) for value in row]


LIMITS = Question(lambda case: Clock.objects.filter(case=case, dropped_at=None))


def clocks_of(case: Case) -> list[Clock]:
    """Its limits, those still running first, each in the order in which they began."""
    return sorted(LIMITS(case.pk), key=lambda clock: (clock.met_at is not None, clock.starts_at))


def main_clock(found: list[Clock]) -> Clock | None:
    """The limit a neighbour looks at: to finish; before that, to be picked up."""
    order = {"finish": 0, "pick_up": 1, "callback": 2}
    shown = [clock for clock in found if clock.name in order]
    running = [clock for clock in shown if clock.met_at is None]
    return min(running or shown, key=lambda clock: order[clock.name], default=None)


def whistles_of(case: Case) -> list[Whistle]:
    return list(Whistle.objects.filter(case=case).select_related("caller", "called").order_by("at"))


def category_of(case: Case) -> str:
    """What it is about in the words of the category tree; empty where nobody has said yet."""
    l2 = Appeal.objects.filter(pk=case.pk).values_list("l2", flat=True).first()
    return category_name(l2) if l2 else ""
