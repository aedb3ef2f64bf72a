"""The job of the backups in a house with a file of its own: at once, while nobody writes, and after somebody did."""

import sys
import time
from datetime import timedelta

from tests.trust import house

LATER = timedelta(minutes=11)


def main(argv: house.Argv) -> None:
    if argv:
        house.wake()
        house.tell(first=turn(timedelta()))
        return
    cast = house.build()
    house.open_one(cast)
    time.sleep(1.1)  # the name of a backup tells whole seconds
    told = {"first": turn(timedelta()), "at_rest": turn(LATER)}
    from linli.kernel.clock import moved_to, now
    from linli.project.backup.automatic import for_the_watchman

    with moved_to(now() + timedelta(hours=9)):
        late = for_the_watchman()["late"]
    time.sleep(1.1)
    house.open_one(cast)
    house.tell(**told, after_a_word=turn(LATER), late_at_rest=late)


def turn(later: timedelta) -> bool:
    from linli.kernel.clock import now
    from linli.project.backup.automatic import turn as take_turn

    return take_turn(now() + later) is not None


if __name__ == "__main__":
    main(sys.argv[1:])
