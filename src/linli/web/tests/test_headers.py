"""Every address of the shell declares who may open it, and every page is armoured."""

import os
import re
import subprocess
import sys
from ast import literal_eval
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from linli.web.tests.conftest import House

EXAMPLES = {"int": "7", "str": "small", "slug": "word"}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from patterns(pattern, route)


def addresses() -> list[tuple[str, Any]]:
    """Every address with an example in each of its places."""
    found = patterns(get_resolver())
    return [("/" + re.sub(r"<(\w+):\w+>", lambda m: EXAMPLES[m[1]], route), view) for route, view in found]


def undeclared(views: list[tuple[str, Any]]) -> list[str]:
    return [
        path for path, view in views if not getattr(view, "allow", ()) or not getattr(view, "methods", ())
    ]


def test_every_address_declares_who_may_open_it_and_how() -> None:
    assert undeclared(addresses()) == []
    assert undeclared([("/planted/", lambda request: request)]) == ["/planted/"]


def faults_of(answer: Any) -> list[str]:
    """What is missing in the armour of one answer."""
    policy, faults = answer.headers.get("Content-Security-Policy", ""), []
    wanted = (
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "default-src 'self'",
    )
    faults += [part for part in wanted if part not in policy]
    faults += [word for word in ("unsafe-inline", "unsafe-eval", "*") if word in policy]
    named = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
    faults += [name for name, value in named.items() if answer.headers.get(name) != value]
    if "Cross-Origin-Opener-Policy" not in answer.headers:
        faults.append("Cross-Origin-Opener-Policy")
    return faults


def inline_faults(page: str, policy: str) -> list[str]:
    """Whatever the browser would refuse to run or to paint under the policy."""
    faults = re.findall(r'<[^>]+\s(?:on[a-z]+|style)="', page)
    for tag in re.findall(r"<(?:script|style)\b[^>]*>", page):
        nonce = re.search(r'nonce="([^"]+)"', tag)
        if not nonce or f"'nonce-{nonce[1]}'" not in policy:
            faults.append(tag)
    return faults + re.findall(r'(?:src|href)="https?://[^"]+"', page)


def test_every_page_carries_a_policy_with_a_nonce_and_nothing_inline(house: House) -> None:
    seen, faults = 0, {}
    browsers = [
        Client(),
        house.browser_of("王阿姨"),
        house.browser_of("陈晓雨"),
        house.browser_of("王阿姨", mode="care"),
    ]
    for browser in browsers:
        browser.raise_request_exception = False
        for path, _view in addresses():
            answer = browser.get(path)
            policy = answer.headers["Content-Security-Policy"]
            found = faults_of(answer)
            if (
                answer.headers.get("Content-Type", "").startswith("text/html")
                and answer.content
                and b"<html" in answer.content
            ):
                seen += 1
                found += [] if "'nonce-" in policy else ["no nonce"]
                found += inline_faults(answer.content.decode(), policy)
            if found:
                faults[path] = found

    assert faults == {}
    assert seen >= 4 * 12


def test_a_planted_breach_of_the_policy_is_caught() -> None:
    planted = (
        '<p style="color:red" onclick="x()"><script>x()</script><img src="https://elsewhere.example/x.png">'
    )

    assert len(inline_faults(planted, "script-src 'self'")) >= 3


def test_every_act_refuses_a_form_that_was_not_made_here(house: House) -> None:
    browser = Client(enforce_csrf_checks=True)
    acts = [path for path, view in addresses() if "POST" in view.methods]

    assert [path for path in acts if browser.post(path).status_code != 403] == []
    assert len(acts) >= 10


HTTPS = """
from django.conf import settings
print([settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE,
       settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS >= 31536000, settings.SESSION_COOKIE_HTTPONLY,
       settings.SESSION_COOKIE_SAMESITE, settings.CSRF_TRUSTED_ORIGINS])
"""


def test_behind_https_cookies_are_bound_to_the_host_and_browsers_stay_with_https(tmp_path: Path) -> None:
    settings = {
        "LINLI_ADDRESS": "https://linli.example",
        "LINLI_DATA": str(tmp_path),
        "LINLI_KEYS": str(tmp_path),
    }
    told = subprocess.run(
        [sys.executable, "-c", HTTPS], env={**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "linli.project.settings"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert literal_eval(told.stdout) == [
        "__Host-session", "__Host-csrf", True, True, True, True, "Lax", ["https://linli.example"]
    ]  # fmt: skip
