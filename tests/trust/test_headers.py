"""The armour of every answer: to everybody, at every address, with and without https."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.addresses import all_addresses
from tests.trust.village import EVERYBODY, village

ADDRESSES = list(all_addresses())
PARTS = (
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
)
NAMED = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def is_page(answer: Any) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def faults_of(answer: Any) -> list[str]:
    """What is missing in the armour of one page."""
    policy = answer.headers.get("Content-Security-Policy", "")
    faults = [part for part in PARTS if part not in policy]
    faults += [word for word in ("unsafe-inline", "unsafe-eval", "*", "http:") if word in policy]
    faults += [name for name, value in NAMED.items() if answer.headers.get(name) != value]
    return faults + inline_faults(answer.content.decode(), policy)


def inline_faults(page: str, policy: str) -> list[str]:
    """What a browser would refuse to run or to paint, and what comes from elsewhere."""
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    tags = re.findall(r"<(?:script|style)\b[^>]*>", page)
    bare = [tag for tag in tags if not nonces & set(re.findall(r'nonce="([^"]+)"', tag))]
    return (
        bare
        + re.findall(r'<[^>]+\s(?:on[a-z]+|style)="[^"]*"', page)
        + re.findall(r'(?:src|action)="(?:https?:)?//[^"]+"', page)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_to_everybody_is_armoured(who: str) -> None:
    v = village()
    browser, faults, seen = v.browser(who), {}, 0
    for path in [*(v.path(address) for address in ADDRESSES), "/nowhere/"]:
        answer = browser.get(path)
        if is_page(answer):
            seen += 1
            faults[path] = faults_of(answer)
        elif "X-Content-Type-Options" not in answer.headers:
            faults[path] = ["nosniff"]

    assert {path: told for path, told in faults.items() if told} == {}
    assert seen > len(ADDRESSES) // 2


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["visitor", "wang", "root"])
def test_every_page_after_a_post_is_armoured(who: str) -> None:
    v = village()
    faults = {}
    for address in ADDRESSES:
        answer = v.browser(who).post(v.path(address))
        if is_page(answer):
            faults[address.name] = faults_of(answer)

    assert {path: told for path, told in faults.items() if told} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("who", [name for name in EVERYBODY if name != "visitor"])
def test_no_page_of_somebody_who_signed_in_is_kept_by_a_cache(who: str) -> None:
    v = village()
    browser = v.browser(who)
    kept = [
        address.name
        for address in ADDRESSES
        if is_page(answer := browser.get(v.path(address)))
        and "no-store" not in answer.headers.get("Cache-Control", "")
    ]

    assert kept == []


def test_a_page_without_armour_is_told() -> None:
    planted = '<p style="color:red" onclick="x()"><script>x()</script><img src="//elsewhere.example/x.png">'

    assert len(inline_faults(planted, "script-src 'self' 'nonce-abc'")) == 3


TOLD = """
import django, json
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
answer = Client().get("/in/", secure=True)
kept = {name: {key: str(morsel[key]) for key in ("secure", "path", "domain", "samesite")} for name, morsel in answer.cookies.items()}
from django.conf import settings
print(json.dumps({"status": answer.status_code, "hsts": answer.headers.get("Strict-Transport-Security", ""), "cookies": kept,
                  "session": settings.SESSION_COOKIE_NAME, "http_only": settings.SESSION_COOKIE_HTTPONLY}))
"""


def house_at(address: str, folder: Path) -> dict[str, Any]:
    """What a house with this address answers to its first visitor, in a process of its own."""
    around = {**os.environ, "LINLI_ADDRESS": address, "LINLI_DATA": str(folder), "DATABASE_URL": ""}
    around |= {"DJANGO_SETTINGS_MODULE": "linli.project.settings", "PYTHONPATH": "src"}
    done = subprocess.run(
        [sys.executable, "-c", TOLD], env=around, capture_output=True, text=True, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def test_under_https_cookies_belong_to_the_host_and_browsers_come_back_by_https_for_a_year(
    tmp_path: Path,
) -> None:
    told = house_at("https://linli.example", tmp_path)

    assert told == {
        "status": 200, "hsts": "max-age=31536000", "session": "__Host-session", "http_only": True,
        "cookies": {"__Host-csrf": {"secure": "True", "path": "/", "domain": "", "samesite": "Lax"}},
    }  # fmt: skip


def test_without_https_nothing_promises_it(tmp_path: Path) -> None:
    told = house_at("", tmp_path)

    assert (told["hsts"], told["session"], list(told["cookies"])) == ("", "session", ["csrf"])
