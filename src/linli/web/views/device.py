"""What a phone or a watchman asks for: manifest, service worker, offline page, health."""

import json
import shutil
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.web.decorators import page
from linli.web.degraded import notice, takes_no_writing
from linli.web.health import words

ROOM_NEEDED = 200_000_000


@page("anyone")
def manifest(request: Any) -> HttpResponse:
    """So that the pages can be kept on the first screen of a phone."""
    card = {
        "name": _("Linli"), "short_name": _("Linli"), "start_url": reverse("web:home"), "scope": "/",
        "display": "standalone", "background_color": "#f7f4ec", "theme_color": "#144637", "lang": request.LANGUAGE_CODE,
        "icons": [{"src": static("icons/linli.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }  # fmt: skip
    return HttpResponse(json.dumps(card, ensure_ascii=False), content_type="application/manifest+json")


@page("anyone")
def worker(request: Any) -> HttpResponse:
    """Keeps the shell and one offline page; never a page with anybody's data."""
    shell = [static("linli.css"), static("linli.js"), static("icons/linli.svg"), reverse("web:offline")]
    shelf = "linli-" + sha256("".join(shell).encode()).hexdigest()[:12]
    known = {"shelf": shelf, "shell": json.dumps(shell), "offline": json.dumps(reverse("web:offline"))}
    response = render(request, "web/worker.js", known, content_type="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


@page("anyone")
def favicon(_request: Any) -> HttpResponse:
    """Browsers ask for this name even where a page names another icon."""
    return redirect(static("icons/linli.svg"))


@page("anyone")
def offline(request: Any) -> HttpResponse:
    return render(request, "web/offline.html")


@page("anyone")
def health(_request: Any) -> HttpResponse:
    """200 when the house can work; 503 and the reason when it cannot."""
    broken = takes_no_writing()
    if broken:
        notice()
    reasons = [reason for reason in (broken, _room()) if reason]
    answer = {"ok": not reasons, "reasons": reasons, **words()}
    return JsonResponse(answer, status=503 if reasons else 200, json_dumps_params={"ensure_ascii": False})


def _room() -> str:
    folder = settings.LINLI_DATA if settings.LINLI_DATA.exists() else settings.LINLI_DATA.parent
    free = shutil.disk_usage(folder).free
    return "" if free >= ROOM_NEEDED else f"disk: {free // 1_000_000} MB left"
