"""The page of a matter for the neighbour who raised it and those who joined, and what they may say there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.kernel.answers import Answer, Refused, first_no, require
from linli.kernel.cases import clocks
from linli.kernel.cases.models import Case
from linli.kernel.clock import today
from linli.kernel.files.actions import check, keep
from linli.kernel.people.standing import Standing
from linli.modules.appeals.actions import closing, intake
from linli.modules.appeals.actions.closing import Verdict
from linli.modules.appeals.forms.resident import SAID, JudgeForm, WithdrawForm, WordForm
from linli.modules.appeals.models import Appeal, State
from linli.modules.appeals.queries import appeal_seen_by, one, resident, thread
from linli.modules.appeals.queries.acting import as_reader, may_end_for
from linli.modules.appeals.rules import who
from linli.modules.appeals.rules.ahead import ahead
from linli.modules.appeals.rules.raising import MOST_PHOTOS
from linli.modules.appeals.rules.words import category_name
from linli.web.asked import number
from linli.web.decorators import post_page

JUDGED = (State.REPLIED, State.ANSWERED, State.CLOSED)


def show_to(request: Any, appeal: Appeal, reader: Standing, *, by_code: bool = False) -> HttpResponse:
    """By code the reader stands for whoever raised it."""
    case = appeal.case
    there = one.beside(case)
    told = thread.told_to(reader, case, there, at=place_in(request), by_code=by_code)
    known = {
        "tab": "mine", "appeal": appeal, "case": case, "category": category_name(appeal.l2), "told": told,
        "main": told.main, "place": resident.place_of(case), "is_reporter": reader.pk == case.raised_by_id, "by_code": by_code,
        "todo": () if told.thread.later else ahead(told.main.state), **limit_of(told.main),
        **answers(reader, appeal, told, there), **forms_of(request, reader, appeal),
        "in_name_of": reader.behalf,
        "act": "appeals:followed_" if by_code else "appeals:matter_",
    }  # fmt: skip
    return render(request, "appeals/matter.html", known, status=getattr(request, "fault_status", 200))


def place_in(request: Any) -> tuple[int | None, int | None]:
    """The line before or after which she reads in a long thread; without it she reads the newest lines."""
    return number(request, "before"), number(request, "after")


def limit_of(main: Case) -> dict[str, Any]:
    """The limit of what is handled; on the long list no limit runs, so the plan and its next day are told (挂账)."""
    if main.state == State.HUNG:
        return {"clock": None, "why": "", "hanging": thread.hanging_of(main)}
    clock = one.main_clock(one.clocks_of(main))
    return {"clock": clock, "why": clocks.why(clock, get_language() or "zh-hans") if clock else ""}


def answers(reader: Standing, appeal: Appeal, told: thread.Told, there: one.Beside) -> dict[str, Any]:
    """What she may say now; a no carries its reason."""
    case = appeal.case
    return {
        "may_add": who.may_add_word(reader, case), "may_nudge": who.may_nudge(reader, appeal, today=today()),
        "may_judge": may_judge(reader, appeal, told), "may_withdraw": first_no(who.may_withdraw(reader, case), may_end_for(reader, case)),
        "judged": thread.judged_by(reader, case) if there.evaluations else [],
    }  # fmt: skip


def may_judge(reader: Standing, appeal: Appeal, told: thread.Told) -> Answer:
    """Asked further only where another matter is handled for hers, or she joined, and there is something to judge."""
    hers = told.main.pk == appeal.pk and reader.pk == appeal.case.raised_by_id
    if hers or told.main.state not in JUDGED:
        return first_no(who.may_judge(reader, appeal.case), may_end_for(reader, appeal.case))
    return first_no(thread.may_judge(reader, appeal), may_end_for(reader, told.main))


def forms_of(request: Any, reader: Standing, appeal: Appeal) -> dict[str, Any]:
    """Empty forms, or the one that was just sent with its faults or its refusal, word for word."""
    typed, faulty = request.typed, getattr(request, "faulty", {})
    made = {"word_form": WordForm, "judge_form": JudgeForm, "withdraw_form": WithdrawForm}
    begun = {name: kind(initial=typed, auto_id=f"{name}_%s") for name, kind in made.items()}
    return {**begun, **faulty}


Finder = Callable[[Any, int], tuple[Appeal, Standing]]


def own(request: Any, pk: int) -> tuple[Appeal, Standing]:
    """A matter she sees, and herself as a neighbour without posts; or in the name of whoever gave her a mandate."""
    seen = appeal_seen_by(Standing(request.person), pk).first()
    appeal, reader = as_reader(seen, request.person, pk)
    if appeal is None:
        raise Http404
    return appeal, reader


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
            keep(file, by=by.hand, group_id=appeal.case_id, subject_id=step.pk, path=appeal.case.path)
    return _("Added. Those who handle it read it at once.")


def nudge(request: Any, appeal: Appeal, by: Standing) -> str:
    intake.nudge(appeal, by=by)
    return _("They were nudged.")


def judge(request: Any, appeal: Appeal, by: Standing) -> str:
    require(thread.may_judge(by, appeal))
    said = valid(JudgeForm, "judge_form", request)
    verdict = Verdict(
        solved=SAID[said["solved"]], satisfied=SAID[said["satisfied"]], words=said["words"].strip()
    )
    if not who.may_judge(by, appeal.case):
        closing.judge_too(appeal, by=by, verdict=verdict)
        return _("Thank you. Your judgement is noted; the desk reads it.")
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
