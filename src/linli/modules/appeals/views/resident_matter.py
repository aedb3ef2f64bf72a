"""The page of a matter for the neighbour who raised it and those who joined, and what they may say there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.cases import clocks
from linli.kernel.clock import today
from linli.kernel.files.actions import check, keep
from linli.kernel.people.standing import Standing
from linli.modules.appeals.actions import closing, intake
from linli.modules.appeals.actions.closing import Verdict
from linli.modules.appeals.forms.resident import SAID, JudgeForm, WithdrawForm, WordForm
from linli.modules.appeals.models import Appeal, State
from linli.modules.appeals.queries import appeal_seen_by, one, resident
from linli.modules.appeals.rules import who
from linli.modules.appeals.rules.ahead import ahead
from linli.modules.appeals.rules.raising import MOST_PHOTOS
from linli.modules.appeals.rules.words import category_name
from linli.web.decorators import post_page

JUDGED = (State.REPLIED, State.ANSWERED, State.CLOSED)


def show(request: Any, appeal: Appeal) -> HttpResponse:
    """As a neighbour, whatever posts she holds: her own matter is no staff's page."""
    return show_to(request, appeal, Standing(request.person))


def show_to(request: Any, appeal: Appeal, reader: Standing, *, by_code: bool = False) -> HttpResponse:
    """By code the reader stands for whoever raised it."""
    case = appeal.case
    there = one.beside(case)
    steps, loose = resident.thread_of(reader, case, with_files=there.files)
    clock = one.main_clock(one.clocks_of(case))
    known = {
        "tab": "mine", "appeal": appeal, "case": case, "category": category_name(appeal.l2), "clock": clock,
        "why": clocks.why(clock, get_language() or "zh-hans") if clock else "", "steps": steps, "loose": loose,
        "todo": ahead(case.state), "place": resident.place_of(case), "is_reporter": reader.pk == case.raised_by_id, "by_code": by_code,
        "chain": resident.chain_of(reader, case) if there.links else [], **answers(reader, appeal, there), **forms_of(request, reader, appeal),
        "act": "appeals:followed_" if by_code else "appeals:matter_",
    }  # fmt: skip
    return render(request, "appeals/matter.html", known, status=getattr(request, "fault_status", 200))


def answers(reader: Standing, appeal: Appeal, there: one.Beside) -> dict[str, Any]:
    """What she may say now; a no carries its reason."""
    case = appeal.case
    hers = there.evaluations and reader.pk == case.raised_by_id and case.state in JUDGED
    return {
        "may_add": who.may_add_word(reader, case), "may_nudge": who.may_nudge(reader, appeal, today=today()),
        "may_judge": who.may_judge(reader, case), "may_withdraw": who.may_withdraw(reader, case),
        "judged": one.evaluations_of(case)[:1] if hers else [],
    }  # fmt: skip


def forms_of(request: Any, reader: Standing, appeal: Appeal) -> dict[str, Any]:
    """Empty forms, or the one that was just sent with its faults or its refusal, word for word."""
    typed, faulty = request.typed, getattr(request, "faulty", {})
    made = {"word_form": WordForm, "judge_form": JudgeForm, "withdraw_form": WithdrawForm}
    begun = {name: kind(initial=typed, auto_id=f"{name}_%s") for name, kind in made.items()}
    return {**begun, **faulty}


Finder = Callable[[Any, int], tuple[Appeal, Standing]]


def own(request: Any, pk: int) -> tuple[Appeal, Standing]:
    """A matter she sees, and herself as a neighbour without posts."""
    reader = Standing(request.person)
    return get_object_or_404(appeal_seen_by(reader, pk)), reader


class Faulty(Exception):
    """A form with a fault: shown again beside its fields."""

    def __init__(self, name: str, form: Any) -> None:
        super().__init__(name)
        self.name, self.form = name, form


def valid(kind: Any, name: str, request: Any) -> dict[str, Any]:
    form = kind(request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        raise Faulty(name, form)
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


def add(request: Any, appeal: Appeal, by: Standing) -> str:
    """A word more, with photos; a photo that cannot be read stops it before anything is written."""
    require(who.may_add_word(by, appeal.case))
    text = valid(WordForm, "word_form", request)["text"]
    uploads = request.FILES.getlist("photos")
    if len(uploads) > MOST_PHOTOS:
        raise Refused(_("Six photos at a time. What you wrote is kept; please choose the photos again."))
    checked = [check(upload, kinds=("photo",)) for upload in uploads]
    with transaction.atomic():
        step = intake.add_word(appeal, by=by, text=text)
        for file in checked:
            keep(file, by=by.person, group_id=appeal.case_id, subject_id=step.pk, path=appeal.case.path)
    return _("Added. Those who handle it read it at once.")


def nudge(request: Any, appeal: Appeal, by: Standing) -> str:
    intake.nudge(appeal, by=by)
    return _("They were nudged.")


def judge(request: Any, appeal: Appeal, by: Standing) -> str:
    require(who.may_judge(by, appeal.case))
    said = valid(JudgeForm, "judge_form", request)
    verdict = Verdict(
        solved=SAID[said["solved"]], satisfied=SAID[said["satisfied"]], words=said["words"].strip()
    )
    closing.judge(appeal, by=by, verdict=verdict)
    if verdict.content:
        return _("Thank you. Your judgement closes this matter.")
    return _("Thank you for saying so. The desk reads it and tells you what happens next.")


def withdraw(request: Any, appeal: Appeal, by: Standing) -> str:
    intake.withdraw(appeal, by=by, text=valid(WithdrawForm, "withdraw_form", request)["text"])
    return _("Withdrawn. You can raise it again at any time.")


def say(
    request: Any, pk: int, find: Finder, act: Callable[[Any, Appeal, Standing], str], **to: str
) -> HttpResponse:
    """Find, act, go back to the page; a form with a fault comes back with every word."""
    appeal, by = find(request, pk)
    try:
        messages.success(request, act(request, appeal, by))
    except Faulty as fault:
        request.faulty, request.fault_status = {fault.name: fault.form}, 422
        return show_to(request, appeal, by, by_code=to["back"] == "appeals:followed")
    return redirect(to["back"], pk)


@post_page("signed_in", back="appeals:matter")
def add_word(request: Any, pk: int) -> HttpResponse:
    return say(request, pk, own, add, back="appeals:matter")


@post_page("signed_in", back="appeals:matter")
def nudge_unit(request: Any, pk: int) -> HttpResponse:
    return say(request, pk, own, nudge, back="appeals:matter")


@post_page("signed_in", back="appeals:matter")
def judge_it(request: Any, pk: int) -> HttpResponse:
    return say(request, pk, own, judge, back="appeals:matter")


@post_page("signed_in", back="appeals:matter")
def withdraw_it(request: Any, pk: int) -> HttpResponse:
    return say(request, pk, own, withdraw, back="appeals:matter")
