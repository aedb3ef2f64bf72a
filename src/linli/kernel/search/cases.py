"""The spine in the index: every matter under its title, found by those who may see it."""

from linli.kernel.cases.models import Case, Party
from linli.kernel.search.actions import draft, index
from linli.kernel.search.models import Doc
from linli.kernel.search.queries import CASE


def index_case(case: Case, *, text: str, url: str, new: bool = False) -> Doc:
    """Call it in the action that opens a case, and again when its unit, its parties or its words change."""
    audience = {case.raised_by_id}
    if not new:
        audience |= set(Party.objects.filter(case=case).values_list("person_id", flat=True))
    doc = draft(
        CASE, case.pk, title=case.title, text=text, url=url, path=case.path, body_id=case.unit_id,
        sensitivity=case.sensitivity, audience=audience, at=case.raised_at,
    )  # fmt: skip
    return index(doc, new=new)
