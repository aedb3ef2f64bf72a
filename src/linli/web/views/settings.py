"""One place to configure: places, bodies and posts, roles and accounts, rules. Every change is on record."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.clock import all_rule_sets, now, today
from linli.kernel.people import actions as people
from linli.kernel.people import signin
from linli.kernel.people.models import Account, Role, Tenure
from linli.kernel.people.queries import in_charge, roles_seen_by
from linli.kernel.places import actions as places
from linli.kernel.places.building import build
from linli.kernel.places.choices import choose
from linli.kernel.places.models import Area, Body, Choice
from linli.kernel.places.queries import children, containing, coverage_gaps
from linli.web import asked
from linli.web.decorators import page, post_page
from linli.web.settings_forms import AppointForm, BodyForm, BuildForm, PostForm, RoleForm, RulesForm

ADMIN = "admin"
PAGE = 50


def own_areas(request: Any) -> Any:
    """The areas she administers, and everything inside them."""
    wanted = Area.objects.none()
    for path in request.standing.paths(Role.Kind.ADMIN):
        wanted = wanted | Area.objects.filter(path__under=path, valid_to=None)
    return wanted


def top(request: Any) -> Area:
    return get_object_or_404(Area, path=min(request.standing.paths(Role.Kind.ADMIN), key=len), valid_to=None)


@page(ADMIN)
def index(request: Any) -> HttpResponse:
    gaps = coverage_gaps(today(), within=top(request))
    return render(request, "web/settings/index.html", {"gaps": len(gaps), "area": top(request)})


@page(ADMIN)
def gaps(request: Any) -> HttpResponse:
    """Communities without one of the teams or committees they should have."""
    found = coverage_gaps(today(), within=top(request))[:200]
    rows = [{"community": gap.community, "missing": [kind.label for kind in gap.missing]} for gap in found]
    return render(request, "web/settings/gaps.html", {"gaps": rows})


@page(ADMIN)
def place(request: Any, pk: int) -> HttpResponse:
    """One area: what lies in it, who serves it, who is in charge today."""
    area = get_object_or_404(own_areas(request), pk=pk)
    shown = list(children(area)[: PAGE + 1])
    context = {
        "area": area, "above": list(containing(area)), "parts": shown[:PAGE], "more": len(shown) > PAGE,
        "posts": in_charge(area, today()), "bodies": Body.objects.filter(area=area, valid_to=None).order_by("kind"),
        "build": BuildForm(initial=request.typed), "body_form": BodyForm(initial=request.typed),
    }  # fmt: skip
    return render(request, "web/settings/place.html", context)


@post_page(ADMIN, back="web:settings_place")
def add_building(request: Any, pk: int) -> HttpResponse:
    area = get_object_or_404(own_areas(request), pk=pk, kind=Area.Kind.COMMUNITY)
    form = checked(BuildForm(request.POST))
    added = build(area, [(form["no"], form["stairs"], form["floors"], form["doors"])], by=request.person)
    messages.success(request, _("%(n)d areas added.") % {"n": added})
    return redirect("web:settings_place", pk)


def checked(form: Any) -> dict[str, Any]:
    """The cleaned values, or a refusal that names the first fault; what was typed stays in the form."""
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise Refused(f"{label}: {faults[0]}" if label else str(faults[0]))
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


@post_page(ADMIN, back="web:settings_place")
def close_place(request: Any, pk: int) -> HttpResponse:
    area = get_object_or_404(own_areas(request).select_related("parent"), pk=pk)
    places.close_area(area, by=request.person)
    messages.success(request, _("Closed. What happened there keeps its place."))
    return redirect("web:settings_place", area.parent_id)


@post_page(ADMIN, back="web:settings_place")
def add_body(request: Any, pk: int) -> HttpResponse:
    area = get_object_or_404(own_areas(request), pk=pk)
    form = checked(BodyForm(request.POST))
    body = places.found_body(
        kind=form["kind"],
        name=form["name"],
        name_en=form["name_en"],
        area=area,
        phone=form["phone"],
        by=request.person,
    )
    return redirect("web:settings_body", body.pk)


def own_body(request: Any, pk: int) -> Body:
    return get_object_or_404(
        Body.objects.select_related("area"), pk=pk, area__in=own_areas(request), valid_to=None
    )


@page(ADMIN)
def body(request: Any, pk: int) -> HttpResponse:
    """A body with its posts and who holds them."""
    found = own_body(request, pk)
    posts = list(found.posts.prefetch_related("tenures__person").order_by("id"))
    context = {
        "body": found, "posts": posts, "post_form": PostForm(initial=request.typed),
        "appoint": AppointForm(initial=request.typed, posts=posts), "today": today(),
    }  # fmt: skip
    return render(request, "web/settings/body.html", context)


@post_page(ADMIN, back="web:settings_body")
def add_post(request: Any, pk: int) -> HttpResponse:
    form = checked(PostForm(request.POST))
    places.add_post(
        own_body(request, pk),
        title=form["title"],
        title_en=form["title_en"],
        seats=form["seats"],
        by=request.person,
    )
    return redirect("web:settings_body", pk)


@post_page(ADMIN, back="web:settings_body")
def appoint(request: Any, pk: int) -> HttpResponse:
    found = own_body(request, pk)
    form = checked(AppointForm(request.POST, posts=list(found.posts.all())))
    post = get_object_or_404(found.posts, pk=form["post"])
    person = people.register(name=form["name"], called=form["name"], by=request.person)
    people.appoint(person, post, on=form["on"], basis=form["basis"], by=request.person)
    messages.success(request, _("Appointed."))
    return redirect("web:settings_body", pk)


@post_page(ADMIN, back="web:settings_body")
def end_tenure(request: Any, pk: int, tenure: int) -> HttpResponse:
    found = own_body(request, pk)
    people.end_tenure(
        get_object_or_404(Tenure, pk=tenure, post__body=found), on=today(),
        because=request.POST.get("because", ""), by=request.person,
    )  # fmt: skip
    messages.success(request, _("The term has ended today."))
    return redirect("web:settings_body", pk)


@page(ADMIN)
def roles(request: Any) -> HttpResponse:
    """Who may do what where; and a form that opens an account with its first role."""
    start = asked.number(request, "from") or 0
    found = list(
        roles_seen_by(request.standing, today()).select_related("person", "area", "body")[
            start : start + PAGE + 1
        ]
    )
    context = {
        "roles": found[:PAGE], "next": start + PAGE if len(found) > PAGE else None,
        "form": RoleForm(initial=request.typed, areas=own_areas(request)),
    }  # fmt: skip
    return render(request, "web/settings/roles.html", context)


@post_page(ADMIN, back="web:settings_roles")
def grant(request: Any) -> HttpResponse:
    """A new colleague: account, role, and a first password shown once."""
    form = checked(RoleForm(request.POST, areas=own_areas(request)))
    account = (
        Account.objects.select_related("person").filter(username=form["username"].strip().lower()).first()
    )
    person = (
        account.person
        if account
        else people.register(name=form["name"], called=form["name"], by=request.person)
    )
    area, unit = form["area"], form["body"]
    people.grant(person, form["kind"], area, by=request.person, on=today(), body=unit)
    password = "" if account else signin.open_staff_account(person, form["username"], by=request.person)
    context = {"name": form["name"], "username": form["username"], "password": password, "area": area}
    return render(request, "web/settings/granted.html", context)


@post_page(ADMIN, back="web:settings_roles")
def revoke(request: Any, role: int) -> HttpResponse:
    found = get_object_or_404(roles_seen_by(request.standing, today()), pk=role)
    people.revoke(found, by=request.person, now=now())
    messages.success(request, _("Taken away; it works from the next page on."))
    return redirect("web:settings_roles")


@page(ADMIN)
def rules(request: Any) -> HttpResponse:
    """Which rule set runs where, from which day."""
    chosen = (
        Choice.objects.filter(key="rule_set", area__in=own_areas(request))
        .select_related("area")
        .order_by("-valid_from")
    )
    names = {rules.id: str(rules.name) for rules in all_rule_sets()}
    context = {
        "chosen": [(choice, names.get(choice.value, choice.value)) for choice in chosen[:PAGE]],
        "form": RulesForm(initial=request.typed, areas=rule_areas(request)),
        "public": reverse("web:rules"),
    }
    return render(request, "web/settings/rules.html", context)


def rule_areas(request: Any) -> Any:
    kinds = (Area.Kind.DISTRICT, Area.Kind.STREET, Area.Kind.COMMUNITY)
    return own_areas(request).filter(kind__in=kinds).order_by("path")


@post_page(ADMIN, back="web:settings_rules")
def choose_rules(request: Any) -> HttpResponse:
    form = checked(RulesForm(request.POST, areas=rule_areas(request)))
    if form["on"] < today():
        raise Refused(_("A rule never reaches back. Choose today or a later day."))
    choose(form["area"], "rule_set", form["rules"], on=form["on"], by=request.person.pk)
    messages.success(request, _("Chosen. Matters already running keep their rules."))
    return redirect("web:settings_rules")
