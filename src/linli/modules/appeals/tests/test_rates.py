"""The three rates, from verbs to figures, and recomputed by a script that knows nothing of us."""

import csv
import json
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from linli.kernel.clock import moved_to, now
from linli.modules.appeals.actions import closing, dispatching, handling, intake, scoring
from linli.modules.appeals.actions.closing import Verdict
from linli.modules.appeals.models import Appeal, Kind, Urgency
from linli.modules.appeals.queries import rates as queries
from tests import make

pytestmark = pytest.mark.django_db
SCRIPT = Path(queries.__file__).parent.parent / "data" / "recompute.py"
NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)


def sent(s: make.Scene) -> Appeal:
    appeal = make.appeal(s)
    intake.classify(appeal, by=s.as_("chen"), kind=Kind.HELP, l2="0203", urgency=Urgency.URGENT)
    dispatching.dispatch(appeal, unit=s.property_firm, by=s.as_("chen"))
    dispatching.sign(appeal, by=s.as_("liu"))
    return appeal


def judged(
    s: make.Scene, *, solved: bool | None, satisfied: bool | None, reached: bool = True, late: bool = False
) -> Appeal:
    with moved_to(make.at("2026-11-10 09:00")):
        appeal = sent(s)
    with moved_to(make.at("2026-11-12 09:00" if late else "2026-11-10 15:00")):
        handling.reply(appeal, by=s.as_("liu"), text="换好了")
        closing.call_back(
            appeal, by=s.as_("chen"), verdict=Verdict(solved=solved, satisfied=satisfied), reached=reached
        )
    return appeal


def scenario(s: make.Scene) -> None:
    judged(s, solved=True, satisfied=True)
    judged(s, solved=True, satisfied=False)
    judged(s, solved=False, satisfied=None, late=True)
    judged(s, solved=None, satisfied=None, reached=False)
    left_out = judged(s, solved=False, satisfied=False)
    proposal = scoring.propose_exclusion(left_out, by=s.as_("chen"), code="duplicate", evidence="同一件事")
    scoring.review_exclusion(proposal, left_out, by=s.as_("qian"), upheld=True, note="属实")
    with moved_to(make.at("2026-11-10 09:00")):
        hung = sent(s)
        handling.hang(hung, by=s.as_("zhao"), plan="明年改造", review_on=date(2027, 3, 1))
    with moved_to(make.at("2026-11-20 09:00")):
        sent(s)


def figures(s: make.Scene) -> dict[str, tuple[int, int]]:
    with moved_to(make.at("2026-11-24 09:00")):
        group = queries.rates(*NOVEMBER, by="unit", now=now())[str(s.property_firm.pk)]
    return {
        name: (r.numerator, r.denominator)
        for name in ("response", "solved", "satisfied", "on_time")
        for r in (getattr(group, name),)
    }


def test_each_rate_counts_what_it_should() -> None:
    s = make.scene()
    scenario(s)

    assert figures(s) == {"response": (3, 5), "solved": (2, 3), "satisfied": (1, 2), "on_time": (3, 5)}


def test_nothing_assessed_is_not_a_hundred_percent() -> None:
    make.scene()

    assert queries.rates(*NOVEMBER, by="unit", now=now())[""].solved.value is None


def test_the_exclusions_stay_visible() -> None:
    s = make.scene()
    scenario(s)

    with moved_to(make.at("2026-11-24 09:00")):
        group = queries.rates(*NOVEMBER, by="unit", now=now())[str(s.property_firm.pk)]

    assert {key: group.on_time.excluded[key] for key in ("duplicate", "hung")} == {"duplicate": 1, "hung": 1}


def test_a_script_that_knows_nothing_of_us_finds_the_same(tmp_path: Path) -> None:
    s = make.scene()
    scenario(s)
    table = tmp_path / "rates.csv"
    with moved_to(make.at("2026-11-24 09:00")):
        table.write_text(queries.table(queries.rows(*NOVEMBER, now=now())), encoding="utf-8")

    told = subprocess.run(
        [sys.executable, "-I", SCRIPT, table, "unit"], capture_output=True, text=True, check=True
    )

    theirs = json.loads(told.stdout)[str(s.property_firm.pk)]
    assert {name: tuple(pair) for name, pair in theirs.items()} == figures(s)


OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


def opened_again(s: make.Scene, *, late: bool = False) -> Appeal:
    """Replied to in October, closed, and in November found to be done only by half."""
    with moved_to(make.at("2026-10-20 09:00")):
        appeal = sent(s)
    with moved_to(make.at("2026-10-23 09:00" if late else "2026-10-20 15:00")):
        handling.reply(appeal, by=s.as_("liu"), text="换好了")
        closing.call_back(appeal, by=s.as_("chen"), verdict=Verdict(solved=True, satisfied=True))
    with moved_to(make.at("2026-11-10 09:00")):
        closing.reopen(appeal, by=s.as_("chen"), reason="二层的灯漏了")
    return appeal


def done_at_last(s: make.Scene, appeal: Appeal) -> None:
    with moved_to(make.at("2026-11-10 16:00")):
        handling.reply(appeal, by=s.as_("liu"), text="二层也换好了")
        closing.call_back(appeal, by=s.as_("chen"), verdict=Verdict(solved=True, satisfied=True))


def counted(month: tuple[date, date], rate: str) -> tuple[int, int]:
    with moved_to(make.at("2026-12-02 09:00")):
        found = getattr(queries.rates(*month, by="unit", now=now())[""], rate)
    return found.numerator, found.denominator


def test_a_matter_opened_again_counts_once_in_the_month_of_its_new_limit() -> None:
    s = make.scene()
    done_at_last(s, opened_again(s))

    assert [counted(month, "solved") for month in (OCTOBER, NOVEMBER)] == [(0, 0), (1, 1)]
    assert [counted(month, "on_time") for month in (OCTOBER, NOVEMBER)] == [(0, 0), (1, 1)]


def test_opening_a_matter_again_does_not_wash_a_missed_limit_white() -> None:
    s = make.scene()
    done_at_last(s, opened_again(s, late=True))

    assert [counted(month, "on_time") for month in (OCTOBER, NOVEMBER)] == [(0, 0), (0, 1)]


def test_a_matter_opened_again_and_put_on_the_long_list_counts_once() -> None:
    s = make.scene()
    appeal = opened_again(s)
    with moved_to(make.at("2026-11-10 10:00")):
        handling.hang(appeal, by=s.as_("zhao"), plan="明年改造", review_on=date(2027, 3, 1))

    assert [counted(month, "on_time") for month in (OCTOBER, NOVEMBER)] == [(0, 0), (0, 0)]
    with moved_to(make.at("2026-12-02 09:00")):
        assert [row["excluded"] for row in queries.rows(*NOVEMBER, now=now())] == ["hung"]


def test_months_add_up_to_the_whole_however_often_a_matter_was_opened(tmp_path: Path) -> None:
    s = make.scene()
    scenario(s)
    done_at_last(s, opened_again(s, late=True))
    opened_again(s)
    with moved_to(make.at("2026-12-02 09:00")):
        by_month = [list(queries.rows(*month, now=now())) for month in (OCTOBER, NOVEMBER)]
        whole = list(queries.rows(OCTOBER[0], NOVEMBER[1], now=now()))
        ours = queries.rates(OCTOBER[0], NOVEMBER[1], by="month", now=now())
    table = tmp_path / "rates.csv"
    table.write_text(queries.table(whole), encoding="utf-8")

    told = subprocess.run(
        [sys.executable, "-I", SCRIPT, table, "month"], capture_output=True, text=True, check=True
    )

    assert sorted(row["number"] for month in by_month for row in month) == sorted(
        {row["number"] for row in whole}
    )
    names = ("response", "solved", "satisfied", "on_time")
    assert json.loads(told.stdout) == {
        key: {name: [getattr(group, name).numerator, getattr(group, name).denominator] for name in names}
        for key, group in ours.items()
    }


def test_the_export_names_nobody() -> None:
    s = make.scene()
    scenario(s)

    rows = list(csv.DictReader(StringIO(queries.table(queries.rows(*NOVEMBER, now=now())))))

    assert tuple(rows[0]) == queries.COLUMNS
    assert "王" not in str(rows)
