"""The demo is the acceptance test: told through actions, it must be true."""

import pytest

from linli.kernel.cases.kinds import kind_of, reachable
from linli.kernel.cases.models import Case
from linli.kernel.journal.verifying import verify
from linli.modules.appeals.models import Appeal, State
from linli.project.demo.telling import Plan, build

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_small_demo_is_true() -> None:
    build(Plan(communities=2, days=12, seed=7))

    kind = kind_of("appeal")
    states = set(Case.objects.values_list("state", flat=True))
    assert states - reachable(kind, State.RECEIVED) == set()
    assert Case.objects.filter(state__in=kind.accountable, unit=None).count() == 0
    assert Appeal.objects.filter(case__closed_at=None, case__state__in=kind.final).count() == 0
    report = verify()
    assert (report.ok, report.unsealed) == (True, 0)
    assert Case.objects.filter(path__startswith="110107/110107002/110107002011/").count() > 20
