"""What we ask leave for: shown once after the first sign-in, and on the page of one's own data at any time."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from linli.kernel.clock import now
from linli.kernel.people.actions.trust import give_consent, withdraw_consent
from linli.kernel.people.purposes import asked, purpose_of
from linli.web.decorators import page, post_page
from linli.web.going_back import safe_next


@page("signed_in")
def consents(request: Any) -> HttpResponse:
    """Nothing is ticked beforehand, and going on without an answer is as easy as agreeing."""
    return render(
        request, "web/me/consents.html", {"asked": asked(request.person), "next": safe_next(request)}
    )


@post_page("signed_in", back="web:me")
def agree(request: Any) -> HttpResponse:
    """Agree to the present wording (个人信息保护法 第十四条)."""
    purpose = purpose_of(request.POST.get("purpose", ""))
    if purpose is None:
        raise Http404
    give_consent(request.person, purpose.key, purpose.version, by=request.person, now=now())
    return back(request)


@post_page("signed_in", back="web:me")
def withdraw(request: Any) -> HttpResponse:
    """Take a consent back, without a reason (个人信息保护法 第十五条)."""
    withdraw_consent(request.person, request.POST.get("purpose", ""), by=request.person, now=now())
    return back(request)


def back(request: Any) -> HttpResponse:
    """To the questions while they are being answered, to one's own data otherwise."""
    target = safe_next(request) if request.POST.get("next") else ""
    return redirect(target or "web:me")
