"""After a verb: who hears of it, what now waits for whom, and what the search may find."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.cases.models import Case
from linli.kernel.clock import today
from linli.kernel.inbox.actions import settle, tell
from linli.kernel.journal import on
from linli.kernel.journal.models import Entry
from linli.kernel.people.models import Person
from linli.kernel.places.models import Area
from linli.modules.appeals.actions import catalogue, forgetting
from linli.modules.appeals.queries import told

LIMITS_OF_THE_DESK = ("pick_up", "callback")


@on("web.set_up")
def begin_with_the_shipped_catalogue(entry: Entry) -> None:
    """A new district can dispatch from its first hour; it replaces these rows by its own."""
    district = Area.objects.get(pk=entry.object_id or 0)
    by = Person.objects.filter(pk=entry.actor_id or 0).first()
    catalogue.adopt(district, catalogue.shipped_rows(), on=today(), by=by)


@on("people.erased")
def forget_her_words(entry: Entry) -> None:
    forgetting.forget_words(entry.object_id)


def case_of(entry: Entry) -> Case:
    return Case.objects.select_related("unit", "raised_by").get(pk=entry.object_id or 0)


def _tell(people: Iterable[Person], entry: Entry, case: Case, text: Any, **more: Any) -> None:
    url = ("appeals:matter", more.pop("page", case).pk)
    params = {
        "number": case.number,
        "title": more.pop("title", case.title),
        "unit": str(case.unit or ""),
        **more.pop("params", {}),
    }
    for person in people:
        if person.kind == Person.Kind.NATURAL and person.pk != entry.actor_id:
            tell(
                person, entry.verb, text=text, params=params, case=case, url=url, by=entry.actor_id, **more,
            )  # fmt: skip


def _joined(entry: Entry, case: Case, text: Any, **more: Any) -> None:
    """Neighbours who joined read what kind of matter it is, never the words of the one who raised it.

    Whoever raised the same herself is told of her own matter, in her own words.
    """
    own = told.own_matters(case)
    for person in told.joined_people(case):
        page = own.get(person.pk)
        title = page.title if page else case.public_title
        _tell([person], entry, case, text, title=title, page=page or case, **more)


def _reporter(entry: Entry, case: Case, text: Any, **more: Any) -> None:
    _tell([case.raised_by, *told.acting_for(case)], entry, case, text, **more)


@on("appeals.dispatched")
@on("appeals.redispatched")
def tell_of_the_unit(entry: Entry) -> None:
    """The neighbour learns who answers for it and until when; the unit finds it in its list."""
    case = case_of(entry)
    settle(case, verb="appeals.dispatched")
    _reporter(
        entry, case, _("Your matter {number} is with {unit}. You will hear by {due}."),
        params={"due": told.finish_due(case) or ""}, channels=("sms",),
    )  # fmt: skip
    _tell(
        told.handlers_of(case, today()),
        entry,
        case,
        _("New: {title} ({number}). Please sign for it."),
        waits=True,
    )


@on("appeals.signed")
def unit_has_signed(entry: Entry) -> None:
    settle(case_of(entry), verb="appeals.dispatched")


@on("appeals.progressed")
def tell_of_progress(entry: Entry) -> None:
    case = case_of(entry)
    text = _("There is news on “{title}”.")
    _reporter(entry, case, text)
    _joined(entry, case, text)


@on("appeals.objected")
def tell_those_who_decide(entry: Entry) -> None:
    case = case_of(entry)
    people = told.supervisors_of(case, today())
    _tell(people, entry, case, _("{unit} says “{title}” is not its duty. Please decide."), waits=True)


@on("appeals.objection_refused")
def tell_the_unit_it_keeps_it(entry: Entry) -> None:
    case = case_of(entry)
    settle(case, verb="appeals.objected")
    _tell(
        told.handlers_of(case, today()), entry, case, _("You keep “{title}”; its limit runs on."), waits=True
    )


@on("appeals.extended")
def tell_of_the_new_date(entry: Entry) -> None:
    case = case_of(entry)
    text = _("{unit} needs longer for “{title}”: until {due}. The reason is in the matter.")
    _reporter(entry, case, text, params={"due": told.finish_due(case) or ""}, channels=("sms",))


@on("appeals.hung")
def tell_of_the_plan(entry: Entry) -> None:
    case = case_of(entry)
    text = _(
        "“{title}” cannot be solved now. There is a plan and a day to look again; both are in the matter."
    )
    _reporter(entry, case, text)
    _joined(entry, case, text)


@on("appeals.review_due")
def tell_that_the_day_has_come(entry: Entry) -> None:
    case = case_of(entry)
    _tell(
        told.supervisors_of(case, today()),
        entry,
        case,
        _("Look again today: “{title}” ({number})."),
        waits=True,
    )


@on("appeals.replied")
def ask_for_a_judgement(entry: Entry) -> None:
    """The reply is with the neighbour; her judgement and the desk's call-back are awaited."""
    case = case_of(entry)
    settle(case)
    text = _("{unit} has replied on “{title}”. Is it solved? Tell us in the matter; the desk will also call.")
    _reporter(entry, case, text, waits=True, channels=("sms",))
    _joined(
        entry,
        case,
        _("{unit} has replied on “{title}”. Is it solved for you too? Tell us in the matter."),
        waits=True,
    )


@on("appeals.answered")
@on("appeals.referred")
@on("appeals.transferred")
def tell_the_answer(entry: Entry) -> None:
    case = case_of(entry)
    settle(case)
    text = _("There is an answer to “{title}”.")
    _reporter(entry, case, text, channels=("sms",))
    _joined(entry, case, text)


@on("appeals.merged")
def tell_of_the_joined_matter(entry: Entry) -> None:
    case = case_of(entry)
    settle(case)
    _reporter(entry, case, _("Others raised the same as “{title}”; it is handled once and you hear of it."))


@on("cases.judged")
def desk_hears_the_judgement(entry: Entry) -> None:
    case = case_of(entry)
    if case.kind != "appeal":
        return
    main, judge = told.handled_for(case), Person.objects.get(pk=entry.behalf_id or entry.actor_id or 0)
    settle(main, judge, verb="appeals.replied")
    if judge.pk != main.raised_by_id and not _is_content(_payload(entry)):
        text = _("A neighbour with the same matter is not content: {title} ({number}). Please ask her.")
        _tell(told.desk_of(main, today()), entry, main, text)


def _is_content(said: dict[str, Any]) -> bool:
    return said.get("solved") is True and said.get("satisfied") is not False


@on("appeals.reopened")
@on("appeals.returned_to_desk")
def tell_that_it_is_open_again(entry: Entry) -> None:
    case = case_of(entry)
    people = told.handlers_of(case, today()) if case.unit_id else told.desk_of(case, today())
    _tell(people, entry, case, _("Back again: {title} ({number}). The neighbour is not content."), waits=True)
    text = _("“{title}” is open again.")
    _reporter(entry, case, text)
    _joined(entry, case, text)


@on("appeals.closed")
@on("appeals.explained")
@on("appeals.withdrawn")
def tell_that_it_is_closed(entry: Entry) -> None:
    case = case_of(entry)
    settle(case)
    text = _("“{title}” is closed.")
    _reporter(entry, case, text)
    judged = _("“{title}” is closed. If it is not solved for you, say so in the matter.")
    _joined(entry, case, text if entry.verb == "appeals.withdrawn" else judged)


@on("appeals.nudged")
def tell_the_unit_of_the_nudge(entry: Entry) -> None:
    case = case_of(entry)
    _tell(told.handlers_of(case, today()), entry, case, _("The neighbour asks how “{title}” is coming on."))


@on("appeals.whistled")
def call_the_department(entry: Entry) -> None:
    case = case_of(entry)
    called = Case(unit_id=_payload(entry).get("called"))
    people = told.handlers_of(called, today())
    _tell(
        people,
        entry,
        case,
        _("You are called to the spot within 30 minutes: {title}."),
        waits=True,
        urgent=True,
    )


@on("appeals.arrived")
def the_department_came(entry: Entry) -> None:
    settle(case_of(entry), verb="appeals.whistled")


@on("appeals.overdue")
def tell_those_above(entry: Entry) -> None:
    """Nobody has to ask: a missed limit goes to whoever missed it and to those who supervise."""
    case = case_of(entry)
    limit = str(_payload(entry).get("limit", "")).partition(".")[0]
    if case.unit_id is None or limit in LIMITS_OF_THE_DESK:
        text = _("Waiting at the desk beyond its limit: {title} ({number}).")
        _tell(told.desk_of(case, today()), entry, case, text)
    else:
        text = _("The limit has passed: {title} ({number}), with {unit}.")
        _tell(told.handlers_of(case, today()), entry, case, text)
    if case.unit_id is not None:
        _tell(told.supervisors_of(case, today()), entry, case, text)


def _payload(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(entry.payload or "{}")
    return found
