"""Raise a matter, put a recording into words, say what it is, and the ways that end it at once."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.cases import actions as cases
from linli.kernel.cases import clocks
from linli.kernel.cases.models import Link, Party, Step
from linli.kernel.clock import now, today
from linli.kernel.journal.models import Sensitivity
from linli.kernel.people.models import Person
from linli.kernel.people.standing import Standing
from linli.kernel.places.models import Area
from linli.modules.appeals.models import Appeal, Channel, Identity, Route, Urgency
from linli.modules.appeals.queries import acting
from linli.modules.appeals.rules import moves, who
from linli.modules.appeals.rules.words import first_words, neutral_title, parent_of

LONGEST = 5000
REPORTER, JOINED = Party.Part.REPORTER, Party.Part.JOINED
EMERGENCIES = {
    Route.EMERGENCY_110: "110",
    Route.EMERGENCY_119: "119",
    Route.EMERGENCY_120: "120",
    Route.EMERGENCY_122: "122",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wants to raise, as typed, spoken or told to a clerk."""

    text: str
    area: Area
    spot: str = ""
    channel: str = Channel.WEB
    identity: str = Identity.NAMED
    recorded: bool = False
    suggestion: dict[str, Any] = field(default_factory=dict)


def check_words(words: Words) -> None:
    if not words.text.strip() and not words.recorded:
        raise Refused(_("Say in a few words what it is about, or record it."))
    if len(words.text) > LONGEST:
        raise Refused(_("That is more than 5,000 characters. Shorten it, or bring the papers to the desk."))


@transaction.atomic
def receive(
    words: Words, *, by: Person, operator: Person | None = None, query_code: str = "",
    parents: dict[str, Area] | None = None,
) -> Appeal:  # fmt: skip
    """Open the matter and start the desk's clock. ``operator`` entered it for ``by``."""
    check_words(words)
    guess = words.suggestion
    case = cases.open_case(
        kind=moves.KIND.name, verb="appeals.received", state=moves.R,
        title=first_words(words.text) or _("Voice recording"), area=words.area, by=by, operator=operator,
        sensitivity=Sensitivity.PARTIES, query_code=query_code, parents=parents,
        public_title=neutral_title(guess.get("l2", "")), channel=words.channel, identity=words.identity,
    )  # fmt: skip
    appeal = Appeal(
        case=case, text=words.text.strip(), spot=words.spot, channel=words.channel, identity=words.identity,
        needs_words=words.recorded and not words.text.strip(), suggestion=guess,
        kind=guess.get("kind", ""), l2=guess.get("l2", ""), l1=parent_of(guess.get("l2", "")),
        urgency=guess.get("urgency", Urgency.ORDINARY),
    )  # fmt: skip
    appeal.save(force_insert=True)
    rules = clocks.rules_for(case.path, today())
    clocks.start(case, "pick_up", rules, rules.find("pick_up"), case.raised_at)
    return appeal


@transaction.atomic
def transcribe(appeal: Appeal, *, by: Standing, text: str) -> None:
    """The desk writes down what was said in a recording."""
    require(who.is_desk(by, appeal.case))
    if not text.strip():
        raise Refused(_("Write down what was said."))
    guessed = appeal.suggestion.pop("heard", {}).get("text")
    appeal.text, appeal.needs_words = text.strip(), False
    appeal.save(update_fields=["text", "needs_words", "suggestion"])
    data = {"machine": "kept" if guessed == appeal.text else "corrected"} if guessed else {}
    cases.make_move(
        appeal.case, moves.TRANSCRIBE, by=by.person, audience=Step.Audience.STAFF, data=data,
        title=first_words(text),
    )  # fmt: skip


@transaction.atomic
def classify(appeal: Appeal, *, by: Standing, kind: str, l2: str, urgency: str) -> None:
    """Say what it is; the suggestion was only a suggestion."""
    require(who.may_classify(by, appeal.case))
    data = {"kind": kind, "l2": l2, "urgency": urgency, "suggested": appeal.suggestion.get("l2", "")}
    appeal.kind, appeal.l2, appeal.l1, appeal.urgency = kind, l2, parent_of(l2), urgency
    appeal.save(update_fields=["kind", "l2", "l1", "urgency"])
    cases.make_move(
        appeal.case, moves.CLASSIFY, by=by.person, audience=Step.Audience.STAFF, data=data,
        public_title=neutral_title(l2),
    )  # fmt: skip


@transaction.atomic
def answer(appeal: Appeal, *, by: Standing, text: str) -> None:
    """A question answered at once from what the desk knows (条例 第十一条)."""
    require(who.may_answer(by, appeal.case))
    if not text.strip():
        raise Refused(_("Write the answer first."))
    _mark_contact(appeal)
    clocks.meet(appeal.case, "pick_up")
    appeal.replied_at = now()
    appeal.save(update_fields=["replied_at"])
    cases.make_move(appeal.case, moves.ANSWER, by=by.person, text=text, audience=_heard_by(appeal))


def _heard_by(appeal: Appeal) -> int:
    """An answer to many is for all of them to read."""
    return Step.Audience.PUBLIC if appeal.joined else Step.Audience.PARTIES


def _mark_contact(appeal: Appeal) -> None:
    if appeal.contacted_at is None:
        appeal.contacted_at = now()
        appeal.save(update_fields=["contacted_at"])


@transaction.atomic
def refer(appeal: Appeal, *, by: Standing, route: str, text: str) -> None:
    """One of the special routes that end a ticket: tell the way, explain, or advise (条例 第十一条)."""
    require(who.may_refer(by, appeal.case))
    if route in EMERGENCIES or route == Route.NONE:
        raise Refused(_("Choose the reason why it goes another way."))
    if not text.strip():
        raise Refused(_("Tell the neighbour in a sentence where to go or why."))
    appeal.route, appeal.replied_at = route, now()
    appeal.save(update_fields=["route", "replied_at"])
    clocks.drop(appeal.case)
    cases.make_move(appeal.case, moves.REFER, by=by.person, text=text, data={"route": route})


@transaction.atomic
def transfer(appeal: Appeal, *, by: Standing, route: str, text: str = "") -> None:
    """Hand an emergency to 110, 119, 120 or 122 at once (条例 第十一条)."""
    require(who.may_transfer(by, appeal.case))
    if route not in EMERGENCIES:
        raise Refused(_("Choose which emergency service took it over."))
    appeal.route, appeal.urgency = route, Urgency.EMERGENCY
    appeal.save(update_fields=["route", "urgency"])
    clocks.drop(appeal.case)
    cases.make_move(appeal.case, moves.TRANSFER, by=by.person, text=text, data={"route": route})


@transaction.atomic
def merge(appeal: Appeal, *, into: Appeal, by: Standing) -> None:
    """Many people, one matter: handled once, and everyone hears (唐山条例 第十五条第五项)."""
    require(who.may_merge(by, appeal.case))
    if into.pk == appeal.pk:
        raise Refused(_("A matter cannot be joined with itself."))
    if into.case.state == moves.MERGE.to:
        raise Refused(_("That matter was itself joined with another; choose the one it was joined with."))
    clocks.drop(appeal.case)
    cases.make_move(appeal.case, moves.MERGE, by=by.person, data={"into": into.pk})
    cases.link(appeal.case, into.case, kind=Link.Kind.REPEATS, by=by.person)
    _bring_along(appeal, into)


def _bring_along(appeal: Appeal, into: Appeal) -> None:
    """Whoever raised it and whoever had joined it hears from now on of the matter that is handled."""
    joined = Person.objects.filter(parts__case=appeal.case, parts__part__in=(REPORTER, JOINED)).distinct()
    for person in joined.exclude(pk=into.case.raised_by_id):
        cases.join(into.case, person=person)
    into.joined = Party.objects.filter(case=into.case, part=JOINED).count()
    into.save(update_fields=["joined"])


@transaction.atomic
def me_too(appeal: Appeal, *, by: Person) -> None:
    """A neighbour has the same trouble: no new ticket, one more party."""
    if appeal.case.raised_by_id == by.pk:
        raise Refused(_("You raised this matter yourself."))
    if appeal.case.state in moves.KIND.final:
        raise Refused(_("This matter is closed. If it is back, raise it again."))
    if not _count_joined(appeal, by):
        raise Refused(_("You already said “me too” here."))
    cases.say(appeal.case, by=by, text="", verb="appeals.joined", audience=Step.Audience.PUBLIC)


def _count_joined(appeal: Appeal, person: Person) -> bool:
    joined = cases.join(appeal.case, person=person)
    appeal.joined = Party.objects.filter(case=appeal.case, part=JOINED).count()
    appeal.save(update_fields=["joined"])
    return joined


@transaction.atomic
def add_word(appeal: Appeal, *, by: Standing, text: str) -> Step:
    """The reporter adds something she forgot."""
    require(who.may_add_word(by, appeal.case))
    if not text.strip():
        raise Refused(_("Write what you want to add."))
    return cases.say(
        appeal.case, by=_person(by), behalf=by.behalf, text=text.strip(), verb="appeals.word_added"
    )


@transaction.atomic
def nudge(appeal: Appeal, *, by: Standing) -> None:
    """催一催: once a day."""
    require(who.may_nudge(by, appeal, today=today()))
    appeal.nudged_on = today()
    appeal.save(update_fields=["nudged_on"])
    cases.say(appeal.case, by=_person(by), behalf=by.behalf, text="", verb="appeals.nudged")


@transaction.atomic
def withdraw(appeal: Appeal, *, by: Standing, text: str = "") -> None:
    require(who.may_withdraw(by, appeal.case))
    require(acting.may_end_for(by, appeal.case))
    clocks.drop(appeal.case)
    cases.make_move(appeal.case, moves.WITHDRAW, by=by.hand, behalf=by.behalf, text=text)


def _person(by: Standing) -> Person:
    assert by.hand is not None
    return by.hand
