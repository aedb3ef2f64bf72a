"""The components of the design system, as a browser receives them."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from linli.kernel.cases.actions import say
from linli.kernel.cases.models import Clock, Step
from linli.kernel.cases.queries import steps_seen_by
from linli.kernel.clock import moved_to
from linli.kernel.people.standing import standing
from linli.kernel.places.models import Area
from linli.web.templatetags.linli import place_name
from linli.web.tests.conftest import House, at


def drawn(template: str, **context: Any) -> str:
    loaded = engines["django"].from_string("{% load linli %}" + template)
    with translation.override("zh-hans"):
        return " ".join(loaded.render(context).split())


class Form(forms.Form):
    phone = forms.CharField(label="手机号", help_text="11 位数字")
    kind = forms.ChoiceField(label="哪一类", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)


def test_a_field_ties_label_hint_and_error_together_for_a_screen_reader() -> None:
    form = Form({"phone": ""})
    form.is_valid()
    told = drawn("{% field form.phone %}", form=form)

    assert '<label class="label" for="id_phone">' in told
    assert 'id="id_phone_helptext"' in told
    assert 'id="id_phone_error"' in told
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in told
    assert 'aria-invalid="true"' in told


def test_a_choice_is_a_fieldset_whose_every_line_can_be_pressed() -> None:
    told = drawn("{% field form.kind %}", form=Form())

    assert told.count('<label class="choice"') == 2
    assert '<legend class="label">哪一类' in told


def test_a_file_field_speaks_our_words_and_keeps_the_browsers_own_for_a_page_without_script() -> None:
    class Table(forms.Form):
        table = forms.FileField(label="表格")

    told = drawn("{% field form.table %}", form=Table())

    assert '<label class="btn btn-secondary filebtn" for="id_table">' in told
    assert '<input type="file" name="table" class="input" required id="id_table">' in told
    assert '<output class="sm muted" for="id_table" data-file-says hidden>还没有选</output>' in told


def test_dots_say_in_words_where_a_matter_stands(house: House) -> None:
    told = drawn("{% dots case %}", case=house.raise_matter("王阿姨", "灯", state="hand"))

    assert 'aria-label="进度：办理，第 2 步，共 4 步"' in told
    assert told.count('class="done"') == 1
    assert '<li class="now" aria-current="step">办理</li>' in told


def test_a_finished_matter_has_no_step_to_come(house: House) -> None:
    told = drawn("{% dots case %}", case=house.raise_matter("王阿姨", "灯", state="done"))

    assert (told.count('class="done"'), "aria-current" in told) == (4, False)


def test_a_matter_without_a_limit_or_already_closed_wears_no_tag(house: House) -> None:
    case = house.raise_matter("王阿姨", "灯")
    assert drawn("{% due_tag case %}", case=case) == ""
    case.due_at = at("2026-11-24 18:00")
    case.closed_at = at("2026-11-24 17:00")
    assert drawn("{% due_tag case %}", case=case) == ""


def test_the_ring_says_how_much_is_left_and_then_whether_it_was_in_time(house: House) -> None:
    start = at("2026-11-24 08:00")
    clock = Clock(starts_at=start, due_at=start + timedelta(hours=24))
    with moved_to(start + timedelta(hours=16, minutes=42)):
        running = drawn("{% ring clock %}", clock=clock)
    assert "还剩" in running
    assert "7 小时" in running
    assert "18 分" in running
    assert "时限 24 小时" in running
    assert "已用 16 小时 42 分" in running

    with moved_to(start + timedelta(hours=30)):
        assert "超时" in drawn("{% ring clock %}", clock=clock)
        clock.met_at = start + timedelta(hours=20)
        assert "按时办完" in drawn("{% ring clock %}", clock=clock)


def test_the_thread_reads_like_a_conversation_and_hides_what_is_inside(house: House) -> None:
    case = house.raise_matter("王阿姨", "灯不亮")
    say(
        case,
        by=house.people["刘师傅"],
        body=house.firm,
        text="灯座老化，下午换",
        audience=Step.Audience.PARTIES,
    )
    say(case, by=house.people["陈晓雨"], text="先查合同", audience=Step.Audience.STAFF)

    def thread(who: str) -> str:
        reader = standing(house.people[who], on=at("2026-11-24 09:00").date())
        return drawn("{% timeline steps %}", steps=steps_seen_by(reader, case))

    assert "物业工程部 刘师傅" in thread("王阿姨")
    assert "灯座老化，下午换" in thread("王阿姨")
    assert "先查合同" not in thread("王阿姨")
    assert "只有经办的人看得到" in thread("陈晓雨")


def test_words_from_a_resident_never_become_markup(house: House) -> None:
    case = house.raise_matter("王阿姨", "<script>alert(1)</script>")
    say(case, by=house.people["王阿姨"], text="<img src=x onerror=alert(1)>")
    reader = standing(house.people["王阿姨"], on=at("2026-11-24 09:00").date())
    told = drawn(
        "{% timeline steps %}{% plate case %}{% listen case.title %}",
        steps=steps_seen_by(reader, case), case=case,
    )  # fmt: skip

    assert "<script>" not in told
    assert "<img" not in told


def test_a_rate_of_nothing_says_so() -> None:
    assert "还没有可算的" in drawn("{% rate '满意率' value %}", value=None)


def test_a_page_can_be_rendered_for_a_request_that_has_no_reader() -> None:
    """A program error before the middleware ran must not bring a second one."""
    from linli.web.context import shell

    assert shell(RequestFactory().get("/"))["person"] is None


def test_a_stair_is_told_with_its_building_when_that_is_at_hand_and_never_by_a_query(house: House) -> None:
    building = Area.objects.create(
        kind="building",
        code="B9",
        name="9号楼",
        parent=house.community,
        path="x/B9/",
        valid_from=at("2020-01-01 00:00").date(),
    )
    Area.objects.create(
        kind="stair",
        code="U1",
        name="1单元",
        parent=building,
        path="x/B9/U1/",
        valid_from=building.valid_from,
    )
    near = Area.objects.select_related("parent").get(path="x/B9/U1/")
    bare = Area.objects.get(path="x/B9/U1/")

    with CaptureQueriesContext(connection) as asked:
        assert (place_name(near), place_name(bare)) == ("9号楼 1单元", "1单元")
    assert len(asked) == 0
