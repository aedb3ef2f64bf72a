"""What the clock does for the house as a whole."""

from linli.kernel.clock import now
from linli.project.backup import automatic


def back_up() -> None:
    automatic.turn(now())


JOBS = [("backup", 60, back_up)]
