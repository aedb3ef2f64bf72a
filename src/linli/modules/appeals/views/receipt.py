"""The receipt: number, next step, limit with its reason, and the query code with its square."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from linli.kernel.cases import clocks
from linli.kernel.people.standing import Standing
from linli.kernel.places.queries import address
from linli.modules.appeals.models import Appeal
from linli.modules.appeals.queries import appeal_seen_by, one
from linli.modules.appeals.queries.acting import as_reader
from linli.modules.appeals.views.squares import full_address, square
from linli.web.decorators import page


def follow_address(request: Any, code: str = "") -> str:
    """The full address at which anyone with the code follows the matter."""
    path = reverse("appeals:follow") + ("?" + urlencode({"c": code}) if code else "")
    return full_address(request, path)


def receipt_facts(request: Any, appeal: Appeal, code: str = "") -> dict[str, Any]:
    clock = one.main_clock(one.clocks_of(appeal.case))
    return {
        "tab": "raise", "appeal": appeal, "case": appeal.case, "clock": clock, "code": code,
        "place": address(appeal.case.area),
        "spoken": f"{code[:3]} {code[3:6]} {code[6:]}" if code else "",
        "why": clocks.why(clock, get_language() or "zh-hans") if clock else "",
        "qr": square(follow_address(request, code)) if code else "", "follow": follow_address(request),
    }  # fmt: skip


@page("signed_in")
def receipt(request: Any, pk: int) -> HttpResponse:
    """The same on paper, later, without the code: that was told once."""
    seen = appeal_seen_by(Standing(request.person), pk).first()
    appeal, reader = as_reader(seen, request.person, pk)
    if appeal is None or appeal.case.raised_by_id != reader.pk:
        raise Http404
    facts = receipt_facts(request, appeal)
    return render(
        request, "appeals/receipt.html", {**facts, "back_url": reverse("appeals:matter", args=[pk])}
    )
