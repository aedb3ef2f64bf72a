"""What the clock does for people."""

from linli.kernel.clock import now
from linli.kernel.people import signin


def forget_dead_codes() -> int:
    """Sign-in codes and counters that nothing reaches any more."""
    return signin.sweep(now())


JOBS = [("people.forget_dead_codes", 3600, forget_dead_codes)]
