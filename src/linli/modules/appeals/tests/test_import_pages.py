"""管理员 brings in old matters from a table: checked first, loaded in the background, stopped and gone on with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.kernel.answers import Refused
from linli.kernel.cases.models import Case, Clock
from linli.kernel.clock import now
from linli.kernel.journal.models import Entry
from linli.modules.appeals import jobs
from linli.modules.appeals.importing import background
from linli.modules.appeals.models import ImportJob
from tests import make

pytestmark = pytest.mark.django_db
HEAD = "编号,时间,内容,地址,电话,状态,办结时间,办理时限\n"
GOOD = "A1,2025-03-01 09:30,3号楼二单元的灯不亮,3号楼2单元,10000000417,已办结,2025-03-03 10:00,\nA2,2025-03-02 10:00,门口堆着旧家具,,,待派单,,2025-03-09 10:00\n"
WRONG = "A3,昨天,灯不亮,,,,,\n"
OWN = 'source = "mine"\ntime_zone = "Asia/Shanghai"\ndate_formats = ["%Y-%m-%d %H:%M"]\n[columns]\nref = "No"\nraised_at = "When"\ntext = "What"\n'


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.LINLI_DATA = tmp_path
    return tmp_path


def file(text: str, name: str = "旧台账.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def send(client: Client, s: make.Scene, text: str = HEAD + GOOD + WRONG, **more: Any) -> Any:
    return client.post(
        "/settings/import/", {"file": file(text), "chart": "standard", "area": s.community.code, **more}
    )


def work() -> None:
    """What the background does when it has time."""
    call_command("db_worker", batch=True, interval=0, verbosity=0, startup_delay=False)


def checked(client: Client, s: make.Scene, **more: Any) -> ImportJob:
    make.sign_in(client, s.root)
    send(client, s, **more)
    background.run.call(ImportJob.objects.get().pk)
    return ImportJob.objects.get()


def told(job: ImportJob) -> tuple[str, dict[str, int]]:
    names = ("rows", "imported", "refused", "duplicates", "earlier")
    return job.state, {name: job.report[name] for name in names if job.report[name]}


def test_a_table_is_checked_and_read_before_anything_is_imported(client: Client) -> None:
    s = make.scene()

    job = checked(client, s)

    page = client.get(f"/settings/import/{job.pk}/")
    assert (told(job), Case.objects.count()) == (("done", {"rows": 3, "imported": 2, "refused": 1}), 0)
    assert page.context["wrong_rows"][0][0] == "4" and "昨天" in page.context["wrong_rows"][0][1]
    assert f"/settings/import/{job.pk}/begin/" in page.text
    wrong = b"".join(client.get(f"/settings/import/{job.pk}/wrong.csv").streaming_content).decode("utf-8-sig")
    assert wrong.splitlines()[1].startswith("4,")


@pytest.mark.django_db(transaction=True)
def test_yes_starts_the_import_and_the_background_does_it(client: Client) -> None:
    s = make.scene()
    make.sign_in(client, s.root)
    send(client, s)
    work()
    job = ImportJob.objects.get()

    answer = client.post(f"/settings/import/{job.pk}/begin/")
    waiting = client.get(f"/settings/import/{job.pk}/", headers={"hx-request": "true"})
    work()

    job.refresh_from_db()
    assert answer.status_code == 302
    assert 'hx-trigger="every 2s"' in waiting.text and "<html" not in waiting.text
    assert told(job) == ("done", {"rows": 3, "imported": 2, "refused": 1})
    assert sorted(Case.objects.values_list("title", "path")) == sorted(
        [("3号楼二单元的灯不亮", s.community.path), ("门口堆着旧家具", s.community.path)]
    )
    assert Entry.objects.filter(verb="appeals.import_begun", actor_id=s.root.pk).count() == 1
    assert not background.table_of(job).exists()
    assert "hx-trigger" not in client.get(f"/settings/import/{job.pk}/").text
    assert client.get(f"/settings/import/{job.pk}/", headers={"hx-request": "true"})["HX-Refresh"] == "true"


def test_the_same_file_again_is_known_already(client: Client) -> None:
    s = make.scene()
    job = checked(client, s)
    client.post(f"/settings/import/{job.pk}/begin/")
    background.run.call(job.pk)

    send(client, s)
    again = ImportJob.objects.latest("id")
    background.run.call(again.pk)

    again.refresh_from_db()
    assert told(again) == ("done", {"rows": 3, "refused": 1, "duplicates": 2})
    assert client.post(f"/settings/import/{again.pk}/begin/").status_code == 409


def many(count: int) -> str:
    return HEAD + "".join(f"N{n},2025-01-01 08:00,第{n}件事,,,,,\n" for n in range(count))


def test_it_stops_between_batches_and_goes_on_where_it_stopped(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    s = make.scene()
    job = checked(client, s, text=many(1200))
    client.post(f"/settings/import/{job.pk}/begin/")
    real = background.Turn.beat

    def pressed_after_the_first_batch(turn: Any, report: Any) -> None:
        real(turn, report)
        client.post(f"/settings/import/{job.pk}/stop/")

    with monkeypatch.context() as patched:
        patched.setattr(background.Turn, "beat", pressed_after_the_first_batch)
        assert background.run.call(job.pk) == "stopped"
    job.refresh_from_db()
    assert (job.state, Case.objects.count()) == ("stopped", 1000)

    client.post(f"/settings/import/{job.pk}/resume/")
    background.run.call(job.pk)

    job.refresh_from_db()
    assert told(job) == ("done", {"rows": 1200, "imported": 200, "earlier": 1000})
    assert Case.objects.count() == 1200


def test_after_a_power_cut_it_can_be_taken_up_again_but_not_while_it_is_alive(client: Client) -> None:
    s = make.scene()
    job = checked(client, s)
    background.begin(job, by=s.as_("root"))
    assert background.claimed(job.pk) is not None
    job.refresh_from_db()

    with pytest.raises(Refused):
        background.resume(job, by=s.as_("root"))
    with time_machine.travel(now() + timedelta(minutes=6)):
        background.resume(job, by=s.as_("root"))
        background.run.call(job.pk)

    assert Case.objects.count() == 2


def test_only_one_turn_gets_the_job_and_an_old_turn_notices(client: Client) -> None:
    s = make.scene()
    job = checked(client, s)
    background.begin(job, by=s.as_("root"))
    first = background.claimed(job.pk)
    assert first is not None
    assert background.claimed(job.pk) is None
    turn = background.Turn(first)
    turn.beat(background.Report(rows=1))  # negative control: its own beat is heard

    ImportJob.objects.filter(pk=job.pk).update(beat_at=now() + timedelta(seconds=1))

    with pytest.raises(background.Stopped):
        turn.beat(background.Report(rows=2))


def test_a_map_of_her_own_is_used_and_one_that_cannot_be_read_is_refused(client: Client) -> None:
    s = make.scene()
    text = "No,When,What\n1,2025-01-01 08:00,Lamp out\n"
    make.sign_in(client, s.root)

    broken = send(client, s, text=text, chart="own", chart_file=file("[columns", "map.toml"))
    without = send(client, s, text=text, chart="own")
    assert (broken.status_code, without.status_code, ImportJob.objects.count()) == (409, 409, 0)
    assert list(background.imports().iterdir()) == []
    job = checked(client, s, text=text, chart="own", chart_file=file(OWN, "map.toml"))

    assert told(job) == ("done", {"rows": 1, "imported": 1})


@pytest.mark.parametrize(("name", "text"), [("photo.jpg", "x"), ("empty.csv", "")])
def test_what_is_no_table_is_refused_at_once(client: Client, name: str, text: str) -> None:
    s = make.scene()
    make.sign_in(client, s.root)

    page = send(client, s, file=file(text, name))

    assert (page.status_code, ImportJob.objects.count()) == (409, 0)


def test_a_table_without_its_columns_says_so_on_its_page(client: Client) -> None:
    s = make.scene()

    job = checked(client, s, text="甲,乙\n1,2\n")

    assert job.state == "stopped"
    assert "受理时间" in client.get(f"/settings/import/{job.pk}/").text


@pytest.mark.parametrize("name", ["broken.xlsx", "broken.csv.gz", "broken.csv.xz"])
def test_a_damaged_file_says_so_on_its_page(client: Client, name: str) -> None:
    s = make.scene()

    job = checked(client, s, file=file("no such format", name))

    assert (job.state, Case.objects.count()) == ("stopped", 0)
    assert job.report["problem"] == "文件打不开，可能坏了。请另存一次再选。"
    answer = client.post(
        "/settings/catalogue/table/", {"area": s.district.code, "on": "2027-01-01", "file": file("no", name)}
    )
    assert answer.status_code == 409


@pytest.mark.parametrize("text", ["[]", '{"columns": []}', "\udcff"])
def test_a_map_of_another_shape_is_refused_with_a_sentence(client: Client, text: str) -> None:
    s = make.scene()
    make.sign_in(client, s.root)
    chart = SimpleUploadedFile("map.json", text.encode(errors="surrogateescape"))

    assert send(client, s, chart="own", chart_file=chart).status_code == 409


def test_nobody_else_sees_an_import(client: Client) -> None:
    s = make.scene()
    job = checked(client, s)
    for name in ("chen", "zhao", "wang"):
        make.sign_in(client, s.people[name])
        assert client.get("/settings/import/").status_code == 403
        for part in ("", "wrong.csv"):
            assert client.get(f"/settings/import/{job.pk}/{part}").status_code == 404
        assert client.post(f"/settings/import/{job.pk}/begin/").status_code == 404
    with pytest.raises(Refused):
        background.begin(job, by=s.as_("sun"))


def test_the_list_costs_the_same_for_one_import_and_for_thirty(client: Client) -> None:
    s = make.scene()
    checked(client, s)
    client.get("/settings/import/")
    with CaptureQueriesContext(connection) as one:
        client.get("/settings/import/")
    for _ in range(29):
        ImportJob.objects.create(
            by=s.root, area=s.community, file_name="t.csv", chart="standard", language="en", beat_at=now()
        )
    with CaptureQueriesContext(connection) as thirty:
        client.get("/settings/import/")

    assert len(one) == len(thirty) <= 12


def test_tables_leave_the_disk_after_thirty_days(client: Client) -> None:
    s = make.scene()
    job = checked(client, s)

    assert background.forget_old_imports() == 0
    with time_machine.travel(now() + timedelta(days=31)):
        assert background.forget_old_imports() == 1

    assert not background.folder(job).exists()


def test_a_date_of_an_old_file_is_explained_and_never_told_as_missed(client: Client) -> None:
    s = make.scene()
    job = checked(client, s)
    background.begin(job, by=s.as_("root"))
    background.run.call(job.pk)
    case = Case.objects.get(title="门口堆着旧家具")

    assert Clock.objects.get(case=case).due_at < now()
    assert jobs.tell_of_missed_limits() == 0
    make.sign_in(client, s.chen)
    assert "这一天是导入的表格里原来就写着的。" in client.get(f"/matters/{case.pk}/").text
    Clock.objects.filter(case=case).update(rule_set="beijing")  # negative control
    assert jobs.tell_of_missed_limits() == 1
