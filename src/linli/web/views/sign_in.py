"""Signing in and out. Every door ends in ``enter``."""

from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linli.kernel.answers import Refused
from linli.kernel.clock import now
from linli.kernel.people import signin
from linli.kernel.people.models import Account
from linli.web import asked, staff_session
from linli.web.decorators import page, post_page
from linli.web.forms import CodeForm, PasswordForm, PhoneForm, SlipForm, TokenForm
from linli.web.going_back import ip_of, safe_next

BACKEND = "linli.kernel.people.backend.AccountBackend"
HALF_WAY = "half_signed_in"
HALF_WAY_LIVES = 10 * 60


def enter(request: Any, account: Account) -> HttpResponse:
    """Begin a new session for the account and go where she wanted to go."""
    login(request, account, backend=BACKEND)
    staff_session.begin(request, now=now())
    return redirect("web:password" if account.must_change else safe_next(request))


def _page(request: Any, name: str, **more: Any) -> HttpResponse:
    return render(request, f"web/sign_in/{name}.html", {"next": safe_next(request), **more})


@page("anyone", methods=("GET", "POST"))
def sign_in(request: Any) -> HttpResponse:
    """By phone: the number first. The answer is the same for a number that is known and one that is not."""
    form = PhoneForm(request.POST or None, initial=request.typed)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        sent = signin.send_code(phone, ip=ip_of(request), now=now())
        return _page(request, "code", form=CodeForm(initial={"phone": phone}), sent=sent)
    return _page(request, "phone", form=form, demo=signin.demo_accounts())


@page("anyone", methods=("GET", "POST"))
def code(request: Any) -> HttpResponse:
    """By phone: the six digits."""
    if request.method != "POST":
        phone = request.typed.get("phone")
        return (
            _page(request, "code", form=CodeForm(initial=request.typed)) if phone else redirect("web:sign_in")
        )
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, "code", form=form)
    account = signin.check_code(
        form.cleaned_data["phone"], form.cleaned_data["code"], ip=ip_of(request), now=now()
    )
    if account is None:
        raise Refused(_("These digits are not right, or they are older than ten minutes. Ask for new ones."))
    is_first = account.last_login is None and not account.is_staff_account
    response = enter(request, account)
    return ask_first(request) if is_first else response


def ask_first(request: Any) -> HttpResponse:
    """The first time, what we ask leave for comes before the page she wanted (个人信息保护法 第十七条)."""
    return redirect(reverse("web:consents") + "?" + urlencode({"next": safe_next(request)}))


@page("anyone", methods=("GET", "POST"))
def staff(request: Any) -> HttpResponse:
    """Staff: user name and password; then the authenticator's digits."""
    form = PasswordForm(request.POST or None, initial=request.typed)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "staff", form=form)
    account = signin.password_step(
        form.cleaned_data["username"], form.cleaned_data["password"], ip=ip_of(request), now=now()
    )
    if account is None:
        raise Refused(
            _("User name or password is not right. After five tries the door rests for 30 minutes.")
        )
    if not signin.needs_totp(account):
        return enter(request, account)
    request.session[HALF_WAY] = {"account": account.pk, "at": int(now().timestamp())}
    return _page(request, "token", form=TokenForm())


def _half_way(request: Any) -> Account | None:
    kept = request.session.get(HALF_WAY)
    if not kept or int(now().timestamp()) - kept["at"] > HALF_WAY_LIVES:
        return None
    return Account.objects.select_related("person").filter(pk=kept["account"], is_active=True).first()


@page("anyone", methods=("GET", "POST"))
def token(request: Any) -> HttpResponse:
    """Staff: the authenticator, after the password."""
    account = _half_way(request)
    if account is None:
        return redirect("web:sign_in_staff")
    form = TokenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "token", form=form)
    if not signin.totp_step(account, form.cleaned_data["token"], now()):
        raise Refused(_("These digits are not right. Wait for the next ones and try again."))
    del request.session[HALF_WAY]
    return enter(request, account)


@page("anyone", methods=("GET", "POST"))
def slip(request: Any) -> HttpResponse:
    """By a slip of paper from the counter; whoever scanned its square finds the code filled in."""
    begun = {"slip": request.GET.get("slip", "")[:40], **request.typed}
    form = SlipForm(request.POST or None, initial=begun)
    if request.method != "POST" or not form.is_valid():
        response = _page(request, "slip", form=form)
        add_never_cache_headers(response)
        return response
    account = signin.slip_step(form.cleaned_data["slip"], now(), ip=ip_of(request))
    if account is None:
        raise Refused(_("This code does not open the door any more. The counter prints you a new slip."))
    return enter(request, account)


@post_page("anyone", back="web:sign_in")
def demo(request: Any) -> HttpResponse:
    """The demo's list of people to be; there is none in a real district."""
    given = asked.number(request, "account", request.POST)
    account = None if given is None else signin.demo_step(given)
    if account is None:
        raise Refused(_("Choose somebody from the list."))
    return enter(request, account)


@post_page("anyone", back="web:home")
def sign_out(request: Any) -> HttpResponse:
    logout(request)
    return redirect("web:home")
