"""金丝雀 asks for everything, then to be forgotten: told by a house of its own, with real pages, photos and recordings."""

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.trust import house

NAME, CALLED, PHONE, PAPER = "金丝雀秀英", "金丝雀阿姨", "10000007531", "999999195001010011"
WORDS = "金丝雀家门口的灯"
CANARIES = (NAME, CALLED, PHONE, PAPER, WORDS)
LATER = "我是" + NAME
BIGRAM = "丝雀"
"""How the index keeps them; nobody else's words hold it."""
SPELLINGS = tuple({text for word in (*CANARIES, BIGRAM) for text in (word, json.dumps(word)[1:-1])})
WITHIN = 5.0


def build() -> Any:
    """The cast of every test, in a database of its own; what is logged goes to a file at the lowest level."""
    # A copy made before holds what was there then; the privacy page says so.
    os.environ["LINLI_BACKUPS"] = "off"
    house.wake()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from linli.kernel.journal import append_only
    from linli.kernel.people import actions, documents, signin
    from tests import make

    (Path(settings.LINLI_DATA) / "static").mkdir(exist_ok=True)
    logging.basicConfig(filename=Path(settings.LINLI_DATA) / "linli.log", level=logging.INFO, force=True)
    call_command("migrate", run_syncdb=True, verbosity=0)
    append_only.install(connection)
    scene = make.scene()
    moment = make.now()
    hers = actions.register(
        name=NAME, called=CALLED, phone=PHONE, community=scene.community, birth_year=1950, now=moment
    )
    signin.account_of(hers)
    documents.add_document(hers, "identity", PAPER, by=scene.chen, now=moment)
    scene.people["canary"] = hers
    return scene


def live(scene: Any) -> int:
    """Her matter from the first word to the judgement, a neighbour's matter she joins, and who looks at hers."""
    from linli.modules.appeals.actions import closing, intake
    from linli.modules.appeals.models import Appeal
    from tests import make
    from tests.stories.scenes import Browsers, do, photo, raise_matter, recording

    browse = Browsers(scene)
    raise_matter(
        browse("canary"), scene, f"{WORDS}坏了三天", photos=photo(), recording=recording(), spot=WORDS
    )
    hers = Appeal.objects.get()
    intake.me_too(hers, by=scene.li)
    intake.me_too(make.appeal(scene, by="zhou", text="垃圾桶满了两天没人清运"), by=scene.canary)
    intake.add_word(hers, by=scene.as_("canary"), text=f"{WORDS}，{LATER}")
    do(browse("chen"), hers.pk, "classify", kind="help", l2="0203", urgency="urgent_24h")
    do(browse("chen"), hers.pk, "dispatch", unit=scene.property_firm.pk, note="物业负责")
    do(browse("liu"), hers.pk, "sign")
    do(browse("liu"), hers.pk, "progress", text="灯座已订货")
    do(browse("liu"), hers.pk, "contact", text="下午来换")
    do(browse("liu"), hers.pk, "reply", text="换了声控灯座", public="on")
    hers = Appeal.objects.select_related("case").get(pk=hers.pk)
    closing.judge(
        hers, by=scene.as_("canary"), verdict=closing.Verdict(solved=True, satisfied=True, words=WORDS)
    )
    closing.publish(hers, by=scene.as_("chen"), title=hers.case.title, text="换了声控灯座")
    browse("liu").post(f"/matters/{hers.pk}/phone/")
    Browsers(scene)("canary").post("/raise/", {"text": "好", "place": "", "spot": WORDS, "identity": "named"})
    return int(hers.pk)


def looked(scene: Any, key: int) -> dict[str, Any]:
    """A clerk of the street opens the page; how long until it stands in the neighbour's own list."""
    from tests.stories.scenes import Browsers

    browse = Browsers(scene)
    worker = subprocess.Popen([sys.executable, "-m", "linli.project.command", "work"], env=os.environ)
    try:
        time.sleep(4)
        page = browse("zhao").get(f"/matters/{key}/").text
        began = time.monotonic()
        while "赵主任" not in browse("canary").get("/me/").text and time.monotonic() - began < 4 * WITHIN:
            time.sleep(0.1)
        return {"named": NAME in page, "seconds": time.monotonic() - began}
    finally:
        worker.terminate()
        worker.wait()


def taken(scene: Any) -> dict[str, Any]:
    from tests.stories.scenes import Browsers

    began = time.monotonic()
    text = b"".join(Browsers(scene)("canary").get("/me/export/")).decode()
    return {
        "export": json.loads(text),
        "took": time.monotonic() - began,
        "whole": [c in text for c in CANARIES],
    }


def settle() -> None:
    """What the worker does within seconds."""
    from linli.kernel.clock import now
    from linli.kernel.journal.sealing import seal_all
    from linli.kernel.people.looks import write_noted
    from linli.kernel.search.following import index_now

    write_noted()
    seal_all(now())
    index_now()


def left(scene: Any) -> dict[str, list[str]]:
    """Where any of the canaries is still found, as itself or as JSON spells it."""
    from django.conf import settings

    from linli.kernel.search.queries import search
    from linli.project.backup.copying import backup

    folder = Path(settings.LINLI_DATA)
    made = backup(folder.parent / f"backup-{time.monotonic_ns()}", progress=lambda _line: None)
    return {
        "tables": in_tables(),
        "sessions": in_sessions(),
        "search": [text for text in (WORDS, NAME) if list(search(scene.as_("chen"), text, limit=5))],
        "files": in_files(folder),
        "backup": in_files(made),
    }


def in_sessions() -> list[str]:
    """What somebody has begun to write lies packed in her session."""
    from django.contrib.sessions.models import Session

    texts = [json.dumps(session.get_decoded(), ensure_ascii=False) for session in Session.objects.all()]
    return sorted({spelling for text in texts for spelling in SPELLINGS if spelling in text})


def in_tables() -> list[str]:
    from django.db import connection

    found = []
    without_rows = {"search_words"} if connection.vendor == "sqlite" else set()
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - without_rows:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- the name of one of our own tables
            text = b"\n".join(_bytes(value) for row in cursor for value in row)
            found += [f"{table}: {spelling}" for spelling in SPELLINGS if spelling.encode() in text]
    return sorted(found)


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def in_files(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(
        f"{path.relative_to(folder)}: {spelling}"
        for path in files
        for spelling in SPELLINGS
        if spelling.encode() in path.read_bytes()
    )


def figures() -> dict[str, Any]:
    """The three rates of this month, and what of the matters is counted."""
    from linli.kernel.clock import now, today
    from linli.modules.appeals.queries.rates import rates

    day = today()
    told = rates(day.replace(day=1), day.replace(year=day.year + 1), by="unit", now=now())
    return {name: str(value) for name, value in told.items()}


def main(_argv: house.Argv) -> None:
    scene = build()
    from django.db import connection

    key = live(scene)
    settle()
    looks = looked(scene, key)
    before, rates = left(scene), figures()
    told = taken(scene)
    from linli.kernel.cases.models import Case
    from linli.kernel.files.models import File
    from linli.kernel.journal.verifying import verify
    from tests.stories.scenes import Browsers

    answer = Browsers(scene)("canary").post("/me/erase/", {"sure": "yes"})
    settle()
    case = Case.objects.select_related("appeal", "unit").get(pk=key)
    house.tell(
        vendor=connection.vendor, looks=looks, before=before, told=told, answer=answer.status_code, after=left(scene),
        rates=rates, rates_after=figures(), journal=verify().ok, title=case.title, state=case.state,
        public_title=case.appeal.public_title, reply=case.steps.get(verb="appeals.replied").text,
        bytes_left=[f.pk for f in File.objects.all() if f.gone_at is None],
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
