"""A small district with a history: matters, a sealed journal with published heads, a photo, keys; then perhaps more and more."""

import sys
import time
from pathlib import Path

from tests.trust import house


def fill(cases: int) -> None:
    cast = house.build()
    from django.conf import settings

    from linli.kernel.clock import now, today
    from linli.kernel.journal.heads import publish_head
    from linli.kernel.journal.sealing import seal_all
    from linli.kernel.keys import ring

    for n in range(cases):
        house.open_one(cast, f"第{n}件：楼道漏水")
    seal_all(now())
    publish_head(today())
    ring.encrypt("10012345678", "drill")
    photo = Path(settings.MEDIA_ROOT) / "ab" / "photo.webp"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a photo" * 1000)


def go_on_writing(seconds: float) -> int:
    """More matters, as fast as they come, in a house that is filled already."""
    house.wake()
    from linli.kernel.people.models import Person
    from linli.kernel.places.models import Area, Body

    keys = [model.objects.order_by("-pk").values_list("pk", flat=True)[0] for model in (Area, Body, Person)]
    cast = house.Cast(keys[0], keys[1], keys[2], keys[2])
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        house.open_one(cast)
        done += 1
    return done


def main(argv: house.Argv) -> None:
    if argv[0] == "more":
        house.tell(written=go_on_writing(float(argv[1])))
    else:
        fill(int(argv[0]))
        house.tell(filled=int(argv[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
