"""How the district reaches the world: text messages, mail, the staff's robot; each can be tried out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.answers import require
from linli.kernel.clock import now
from linli.kernel.inbox import channels
from linli.kernel.inbox.models import Channel, Medium
from linli.web.decorators import page, post_page
from linli.web.views.settings import checked


class HttpChannel(forms.Form):
    """A gateway that is called over HTTPS."""

    url = forms.URLField(label=gettext_lazy("Address of the gateway"), assume_scheme="https")
    secret = forms.CharField(label=gettext_lazy("Key for signing"), required=False, max_length=200)
    enabled = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)


class MailChannel(forms.Form):
    host = forms.CharField(label=gettext_lazy("Mail server"), max_length=120)
    port = forms.IntegerField(label=gettext_lazy("Port"), initial=465)
    user = forms.CharField(label=gettext_lazy("User"), required=False, max_length=120)
    password = forms.CharField(
        label=gettext_lazy("Password"), required=False, max_length=200, widget=forms.PasswordInput()
    )
    sender = forms.EmailField(label=gettext_lazy("Sender's address"))
    enabled = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)


FORMS = {Medium.SMS: HttpChannel, Medium.MAIL: MailChannel, Medium.WECOM: HttpChannel}


@page("admin")
def overview(request: Any) -> HttpResponse:
    """Each channel with its form; secrets are never shown again."""
    standing = {channel.medium: channel for channel in Channel.objects.all()}
    rows = [
        {
            "medium": medium,
            "title": medium.label,
            "channel": standing.get(medium),
            "form": form_of(medium, request),
        }
        for medium in FORMS
    ]
    return render(request, "web/settings/channels.html", {"rows": rows})


def form_of(medium: Medium, request: Any) -> forms.Form:
    typed = request.typed if request.typed.get("medium") == medium else {}
    return FORMS[medium](initial=typed, auto_id=f"id_{medium}_%s")


def known(medium: str) -> Medium:
    if medium not in FORMS:
        raise Http404
    return Medium(medium)


@post_page("admin", back="web:channels")
def configure(request: Any, medium: str) -> HttpResponse:
    found = known(medium)
    data = checked(FORMS[found](request.POST))
    enabled = data.pop("enabled")
    if "sender" in data:
        data["from"] = data.pop("sender")
    config = {name: value for name, value in data.items() if value not in {"", None}}
    channels.configure(found, config, by=request.person, enabled=enabled)
    messages.success(request, _("Saved. Try it out before you rely on it."))
    return redirect("web:channels")


@post_page("admin", back="web:channels")
def try_out(request: Any, medium: str) -> HttpResponse:
    """One real message, now."""
    require(channels.try_out(known(medium), request.POST.get("to", ""), moment=now()))
    messages.success(request, _("Sent. Look whether it has arrived."))
    return redirect("web:channels")
