"""The page of a matter for those who handle it, and the verbs they say there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from linli.kernel.answers import YES, Answer, require
from linli.kernel.cases import clocks
from linli.kernel.cases.chains import Chain
from linli.kernel.cases.models import Case, Step
from linli.kernel.cases.threads import thread_of
from linli.kernel.clock import now
from linli.kernel.files.actions import check, keep
from linli.kernel.people import looks, openings
from linli.kernel.people.models import Role
from linli.kernel.people.private import masked, reveal
from linli.kernel.people.standing import Standing
from linli.modules.appeals.actions import handling
from linli.modules.appeals.models import Appeal, Identity, State, Whistle
from linli.modules.appeals.queries import appeal_seen_by, one, thread
from linli.modules.appeals.queries.triaged import reasons_of
from linli.modules.appeals.rules.identity import TOLD_TO_STAFF, knows_reporter
from linli.modules.appeals.rules.words import category_name
from linli.modules.appeals.views.acts import BY_KEY, Act, answers_of
from linli.modules.appeals.views.resident_matter import place_in
from linli.web import asked
from linli.web.decorators import page, post_page

Answers = list[tuple[Act, Answer]]

MOST_ON_PAPER = 500
A_CHILD = gettext_lazy(
    "This neighbour is under 14. A colleague has been asked to agree; after that, press again within half an hour."
)
GROUPS = {
    "desk": gettext_lazy("What the desk does"),
    "unit": gettext_lazy("What the unit does"),
    "above": gettext_lazy("What those above decide"),
    "after": gettext_lazy("After the reply"),
}


def show(request: Any, appeal: Appeal) -> HttpResponse:
    """Everything about one matter that this reader may know, and every verb she may say."""
    case, who = appeal.case, request.standing
    found = one.clocks_of(case)
    there = one.beside(case)
    told = thread.told_to(who, case, there, at=place_in(request))
    answers = answers_of(who, appeal, found=found, excluded=there.exclusions)
    groups = offered(request, appeal, answers)
    context = {
        "lost": lost_words(request, groups),
        "appeal": appeal, "case": case, "category": category_name(appeal.l2), "clocks": found,
        "clock": one.main_clock(found), "why": why(one.main_clock(found)), "told": told, "bodies": who.bodies(Role.Kind.HANDLER), "groups": groups,
        "refusals": refused(answers), "hanging": thread.hanging_of(case) if case.state == State.HUNG else None, "identity": TOLD_TO_STAFF[Identity(appeal.identity)],
        "evaluations": thread.judgements(told.chain) if there.evaluations or there.links else [],
        "reasons": reasons_of(appeal), "whistles": one.whistles_of(case) if there.whistles else [],
        "knows": knows_reporter(who, appeal, case), "reporter": reporter(request, appeal),
    }  # fmt: skip
    return render(request, "appeals/staff/matter.html", context)


def why(clock: Any) -> str:
    return clocks.why(clock, get_language() or "zh-hans") if clock else ""


def reporter(request: Any, appeal: Appeal) -> dict[str, Any]:
    """The neighbour as this reader may know her: a name and a masked phone, or nothing. The look is noted."""
    case = appeal.case
    if not knows_reporter(request.standing, appeal, case):
        return {}
    person = case.raised_by
    looks.note(request.person, [looks.Seen(person.pk, case.pk, case.number)], now=now())
    return {"name": person.name or person.called, "called": person.called, "phone": masked(person, "phone")}


def offered(request: Any, appeal: Appeal, answers: Answers) -> list[dict[str, Any]]:
    """The verbs allowed now, by group, each with its form; the first of all is the page's one green button."""
    groups = []
    for key, title in GROUPS.items():
        allowed = [act for act, answer in answers if act.group == key and answer]
        rows = [{"act": act, "form": form_for(act, request, appeal)} for act in allowed]
        if rows:
            groups.append({"key": key, "title": title, "rows": rows})
    return groups


def lost_words(request: Any, groups: list[dict[str, Any]]) -> list[str]:
    """What was typed into a form that is not offered any more, so that nobody has to write it again."""
    offered_keys = {row["act"].key for group in groups for row in group["rows"]}
    if request.typed.get("act") in offered_keys:
        return []
    return [str(value) for name, value in request.typed.items() if name != "act" and value]


def form_for(act: Act, request: Any, appeal: Appeal) -> Any:
    """Empty; or with what was typed when this very verb was refused a moment ago."""
    key, invalid = getattr(request, "invalid", ("", None))
    if key == act.key:
        return invalid
    typed = request.typed if request.typed.get("act") == act.key else {}
    initial = {name: value for name, value in typed.items() if name in act.form.base_fields}
    return act.form(
        initial=initial, appeal=appeal, who=request.standing, prefix=None, auto_id=f"id_{act.key}_%s"
    )


def refused(answers: Answers) -> list[tuple[Any, Any]]:
    """Why a verb is not there, in a folded list."""
    return [(act.title, answer.reason) for act, answer in answers if not answer and answer.reason]


@post_page("staff", back="appeals:matter")
def act(request: Any, pk: int, verb: str) -> HttpResponse:
    """Say one verb. What the form does not accept comes back with its reasons and everything typed."""
    appeal = get_object_or_404(appeal_seen_by(request.standing, pk))
    found = BY_KEY.get(verb)
    if found is None:
        raise Http404
    require(found.may(request.standing, appeal))
    form = found.form(
        request.POST, request.FILES, appeal=appeal, who=request.standing, auto_id=f"id_{verb}_%s"
    )
    if not form.is_valid():
        return again(request, appeal, found, form)
    checked = [check(upload, kinds=("photo",)) for upload in request.FILES.getlist("photos")[:6]]
    step = found.do(appeal, request.standing, form.cleaned_data)
    attach(appeal, checked, step if isinstance(step, Step) else None, by=request.person)
    messages.success(request, _("Done: %(what)s.") % {"what": found.title})
    return redirect("appeals:unit") if request.POST.get("back") == "unit" else redirect("appeals:matter", pk)


def attach(appeal: Appeal, checked: list[Any], step: Step | None, *, by: Any) -> None:
    """Photos belong to the line of the thread they came with, the newest one otherwise."""
    line = step or Step.objects.filter(case=appeal.case).order_by("-id").first()
    for file in checked:
        keep(
            file, by=by, group_id=appeal.case_id, subject_id=line.pk if line else None, path=appeal.case.path,
            body_id=appeal.case.unit_id, audience=line.audience if line else 1, official=True,
        )  # fmt: skip


def again(request: Any, appeal: Appeal, found: Act, form: Any) -> HttpResponse:
    """The page as it was, with this form open and its errors beside the fields."""
    request.invalid = (found.key, form)
    response = show(request, appeal)
    response.status_code = 422
    return response


@post_page("staff", back="appeals:matter")
def phone(request: Any, pk: int) -> HttpResponse:
    """Show the neighbour's phone to somebody on duty; the look stands in the neighbour's own list."""
    appeal = get_object_or_404(appeal_seen_by(request.standing, pk))
    if not knows_reporter(request.standing, appeal, appeal.case):
        raise Http404
    reason = _("to call about matter %(number)s") % {"number": appeal.case.number}
    if not openings.may_read(appeal.case.raised_by, "phone", request.person, now()):
        openings.ask(appeal.case.raised_by, "phone", by=request.person, reason=reason, now=now())
        messages.info(request, str(A_CHILD))
        return redirect("appeals:matter", pk)
    number = reveal(
        appeal.case.raised_by, "phone", by=request.person, reason=reason, now=now(), otherwise=YES
    )
    return render(
        request, "appeals/staff/phone.html", {"number": number, "appeal": appeal, "case": appeal.case}
    )


@post_page("staff", back="appeals:matter")
def arrive(request: Any, pk: int, whistle: int) -> HttpResponse:
    """报到: the called department is on the spot."""
    appeal = get_object_or_404(appeal_seen_by(request.standing, pk))
    called = get_object_or_404(Whistle, pk=whistle, case=appeal.case)
    handling.arrive(called, appeal, by=request.standing)
    messages.success(request, _("Arrival recorded."))
    return redirect("appeals:matter", pk)


@post_page("staff", back="appeals:matter")
def score(request: Any, pk: int, whistle: int) -> HttpResponse:
    """Both sides of a whistle score each other, 1 to 5."""
    appeal = get_object_or_404(appeal_seen_by(request.standing, pk))
    called = get_object_or_404(Whistle, pk=whistle, case=appeal.case)
    given = asked.number(request, "score", request.POST) or 0
    handling.score_whistle(called, appeal, by=request.standing, score=given)
    messages.success(request, _("Score recorded."))
    return redirect("appeals:matter", pk)


@page("staff")
def slip(request: Any, pk: int) -> HttpResponse:
    """派单工单: the ticket on paper with its limit printed on it (条例 第十三条)."""
    appeal = get_object_or_404(appeal_seen_by(request.standing, pk))
    clock = one.main_clock(one.clocks_of(appeal.case))
    context = {
        "appeal": appeal, "case": appeal.case, "category": category_name(appeal.l2), "clock": clock,
        "why": why(clock), "reporter": reporter(request, appeal), "steps": lines_on_paper(request.standing, appeal.case),
    }  # fmt: skip
    return render(request, "appeals/staff/slip.html", context)


def lines_on_paper(who: Standing, case: Case) -> list[Step]:
    """The lines of this matter alone; a slip has no next page."""
    return thread_of(who, Chain(case, {case.pk: case}), size=MOST_ON_PAPER).steps
