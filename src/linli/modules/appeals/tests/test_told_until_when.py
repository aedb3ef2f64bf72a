"""The neighbour is told who answers for her matter, and until when."""

import pytest
from django.utils.translation import override

from linli.kernel.clock import moved_to
from linli.kernel.inbox.models import Message
from linli.modules.appeals.tests.test_actions import sent
from tests import make

pytestmark = pytest.mark.django_db


def test_wang_reads_the_day_by_which_she_will_hear() -> None:
    with moved_to(make.at("2026-11-24 09:00")), override("en"):
        s = make.scene()
        case = sent(s).case
        told = Message.objects.get(person=s.wang, verb="appeals.dispatched")

        due = case.clocks.get(name="finish").due_at
        assert due.isoformat() in str(told.params["due"])
        assert told.words.endswith("You will hear by 25 Nov, 09:00.")
