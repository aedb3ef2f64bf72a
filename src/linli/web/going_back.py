"""Where a reader goes after a small act: only ever to a page of this house."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, wanted: str | None = None, *, default: str = "web:home") -> str:
    """The address asked for when it is ours, else the first page."""
    asked = wanted if wanted is not None else request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=False)
    address: str = asked if ours and asked.startswith("/") else reverse(default)
    return address


def ip_of(request: HttpRequest) -> str:
    """The visitor's address; behind declared proxies the last one they vouch for."""
    proxies = int(settings.PROXIES)
    chain = [
        part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()
    ]
    if proxies and len(chain) >= proxies:
        return chain[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
