"""A disk that is full: the writer is told, the reader reads on, nothing is there by half, and writing goes on afterwards."""

import sys
import time
from pathlib import Path

from tests.trust import house
from tests.trust.kill import halves


def write_until_full(cast: house.Cast) -> tuple[int, str, float]:
    """How many were written, what the first refused writer was told, and after how many seconds of waiting."""
    from django.db import OperationalError

    done = 0
    while True:
        began = time.monotonic()
        try:
            house.open_one(cast, "楼道漏水" * 25)
        except OperationalError as problem:
            return done, str(problem), round(time.monotonic() - began, 2)
        done += 1


def by_page_limit(cast: house.Cast) -> dict[str, object]:
    """The database may not grow by more than a few pages."""
    from django.db import connection

    from linli.kernel.cases.models import Case

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 60}")
    done, problem, _seconds = write_until_full(cast)
    seen = Case.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 4294967294")
    return {"done": done, "problem": problem, "seen_while_full": seen}


def by_ballast(cast: house.Cast, ballast: Path) -> dict[str, object]:
    """The file system itself is full; then somebody deletes something."""
    from linli.kernel.cases.models import Case

    done, problem, seconds = write_until_full(cast)
    seen = Case.objects.count()
    ballast.unlink()
    return {"done": done, "problem": problem, "seen_while_full": seen, "seconds": seconds}


def main(argv: house.Argv) -> None:
    cast = house.build()
    ballast = Path(argv[0]) if argv else None
    told = by_ballast(cast, ballast) if ballast else by_page_limit(cast)
    house.open_one(cast)
    from linli.kernel.cases.models import Case
    from linli.project.backup.databases import faults

    house.tell(**told, after=Case.objects.count(), halves=halves(), faults=faults())


if __name__ == "__main__":
    main(sys.argv[1:])
