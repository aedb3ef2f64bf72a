"""Follow a matter by the code on the receipt, without an account."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused, require
from linli.kernel.cases.actions import hash_of_code
from linli.kernel.clock import now
from linli.kernel.keys import ring
from linli.kernel.people import limits
from linli.kernel.people.standing import Standing
from linli.modules.appeals.forms.resident import CodeForm
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries.seen import NEEDED, case_by_code
from linli.modules.appeals.rules.raising import CODES_AN_HOUR, CODES_OF_ALL_AN_HOUR
from linli.modules.appeals.views import resident_matter
from linli.web.decorators import page, post_page
from linli.web.followed import FOLLOWED, followed_of
from linli.web.going_back import ip_of

MOST_FOLLOWED = 20


@page("anyone", methods=("GET", "POST"))
def follow(request: Any) -> HttpResponse:
    """Type the code, or come by the square on the receipt: then it stands in the field already."""
    form = (
        CodeForm(request.POST)
        if request.method == "POST"
        else CodeForm(initial={"given": request.GET.get("c", "")})
    )
    if request.method == "POST" and form.is_valid():
        return look_up(request, form.cleaned_data["given"])
    by_square = request.method == "GET" and bool(request.GET.get("c"))
    response = render(request, "appeals/follow.html", {"form": form, "by_square": by_square})
    add_never_cache_headers(response)
    return response


def look_up(request: Any, code: str) -> HttpResponse:
    """Count the try, then look; the address that tries is counted under a keyed hash and never written down."""
    moment = now()
    require(limits.allow("follow:all", CODES_OF_ALL_AN_HOUR, limits.HOUR, moment))
    place = ring.blind(ip_of(request), "appeals.follow")
    require(limits.allow(f"follow:{place}", CODES_AN_HOUR, limits.HOUR, moment))
    case = case_by_code(hash_of_code(code)).first()
    if case is None:
        raise Refused(_("No matter has this code. Look at the receipt again, or ask at the desk."))
    earlier = [pk for pk in followed_of(request) if pk != case.pk]
    request.session[FOLLOWED] = [*earlier[-MOST_FOLLOWED + 1 :], case.pk]
    return redirect("appeals:followed", case.pk)


def by_code(request: Any, pk: int) -> tuple[Appeal, Standing]:
    """A matter whose code was typed in this session; whoever holds the code stands for whoever raised it, in this one."""
    if pk not in followed_of(request):
        raise Http404
    appeal = get_object_or_404(Appeal.objects.select_related(*NEEDED), pk=pk)
    return appeal, Standing(appeal.case.raised_by, only=pk)


@page("anyone")
def followed(request: Any, pk: int) -> HttpResponse:
    appeal, holder = by_code(request, pk)
    response = resident_matter.show_to(request, appeal, holder, by_code=True)
    add_never_cache_headers(response)
    return response


@post_page("anyone", back="appeals:followed")
def add_word(request: Any, pk: int) -> HttpResponse:
    return resident_matter.say(request, pk, by_code, resident_matter.add, back="appeals:followed")


@post_page("anyone", back="appeals:followed")
def nudge_unit(request: Any, pk: int) -> HttpResponse:
    return resident_matter.say(request, pk, by_code, resident_matter.nudge, back="appeals:followed")


@post_page("anyone", back="appeals:followed")
def judge_it(request: Any, pk: int) -> HttpResponse:
    return resident_matter.say(request, pk, by_code, resident_matter.judge, back="appeals:followed")


@post_page("anyone", back="appeals:followed")
def withdraw_it(request: Any, pk: int) -> HttpResponse:
    return resident_matter.say(request, pk, by_code, resident_matter.withdraw, back="appeals:followed")


@post_page("anyone", back="appeals:follow")
def leave(request: Any) -> HttpResponse:
    """Forget the codes typed on this device."""
    request.session.pop(FOLLOWED, None)
    return redirect("appeals:follow")
