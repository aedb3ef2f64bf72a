"""My data: what is kept, who looked at it, what I agreed to, and the ways out."""

from typing import Any

import segno
from django.contrib.auth import logout, update_session_auth_hash
from django.core import signing
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.clock import now, today
from linli.kernel.people import signin
from linli.kernel.people.contacts import masked_phone_of
from linli.kernel.people.models import Residence
from linli.kernel.people.personal import export_text
from linli.kernel.people.private import own
from linli.kernel.people.purposes import asked
from linli.kernel.people.queries import looks_at, looks_at_children_of, mandates_around
from linli.kernel.people.rights import erase
from linli.web.decorators import page, post_page
from linli.web.forms import NewPasswordForm, TokenForm

LOOKS_SHOWN = 50
SEALED, SEAL_LIVES = "linli.web.authenticator", 30 * 60


@page("signed_in")
def me(request: Any) -> HttpResponse:
    person = request.person
    known = {
        "tab": "me",
        "phone": masked_phone_of(person),
        "residences": Residence.objects.filter(person=person, valid_to=None).select_related("dwelling"),
        "looks": looks_at(person)[:LOOKS_SHOWN],
        "asked": asked(person),
        "looks_at_children": looks_at_children_of(person, today())[:LOOKS_SHOWN],
        "mandates": mandates_around(person, today()),
        "keys_off": request.COOKIES.get("keys") == "off",
    }
    return render(request, "web/me/me.html", known)


@page("signed_in")
def phone(request: Any) -> HttpResponse:
    """My own number in full; nobody else is shown it, so nothing is written down."""
    return render(request, "web/me/phone.html", {"tab": "me", "number": own(request.person, "phone")})


@page("signed_in")
def export(request: Any) -> StreamingHttpResponse:
    """Everything kept about me, for another program to read (个人信息保护法 第四十五条)."""
    chunks = export_text(request.person)
    response = StreamingHttpResponse(chunks, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="linli-my-data.json"'
    return response


@post_page("signed_in", back="web:me")
def out_everywhere(request: Any) -> HttpResponse:
    """End every session on every device; staff do it by changing the password."""
    if request.user.has_usable_password():
        raise Refused(_("Change your password: that ends every sign-in on every device."))
    signin.sign_out_everywhere(request.user)
    logout(request)
    return redirect("web:home")


@page("signed_in", methods=("GET", "POST"))
def forget(request: Any) -> HttpResponse:
    """Ask to be forgotten (个人信息保护法 第四十七条): said twice, done at once."""
    if request.method != "POST":
        return render(request, "web/me/forget.html", {"tab": "me"})
    if request.POST.get("sure") != "yes":
        raise Refused(_("Tick the box first: what is deleted does not come back."))
    erase(request.person, by=request.person, now=now())
    logout(request)
    return redirect("web:home")


@page("staff", methods=("GET", "POST"))
def password(request: Any) -> HttpResponse:
    """A new password; every other session of the account ends."""
    form = NewPasswordForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/me/password.html", {"form": form})
    signin.change_password(request.user, form.cleaned_data["old"], form.cleaned_data["new"])
    update_session_auth_hash(request, request.user)
    return redirect("web:me")


@page("staff", methods=("GET", "POST"))
def authenticator(request: Any) -> HttpResponse:
    """Connect an authenticator: a QR code, then the first six digits to prove it."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = _opened(request, request.POST.get("sealed", ""))
        signin.confirm_totp(request.user, secret, form.cleaned_data["token"], now=now())
        return redirect("web:me")
    return _show_secret(request, form)


def _opened(request: Any, sealed: str) -> str:
    """The secret shown on the page; it travels in the form, sealed for one account, so that a look keeps nothing."""
    try:
        secret: str = signing.loads(sealed, salt=f"{SEALED}.{request.user.pk}", max_age=SEAL_LIVES)
    except signing.BadSignature:
        raise Refused(_("This page lay open for too long. Scan the new square, please.")) from None
    return secret


def _show_secret(request: Any, form: TokenForm) -> HttpResponse:
    secret, uri = signin.begin_totp(request.user)
    sealed = signing.dumps(secret, salt=f"{SEALED}.{request.user.pk}")
    drawing = segno.make(uri, error="m").svg_inline(
        scale=5, border=2, dark="#144637", svgclass="qr", lineclass=None, omitsize=True
    )
    known = {"form": form, "qr": drawing, "secret": secret, "sealed": sealed}
    return render(request, "web/me/authenticator.html", known)
