"""What the clock does for the journal."""

from linli.kernel.clock import now, today
from linli.kernel.journal.heads import publish_head
from linli.kernel.journal.sealing import seal_all


def seal_now() -> None:
    seal_all(now())


def seal_late() -> None:
    """Seal what a long transaction committed behind the sealer's back."""
    seal_all(now(), above=0)


def publish() -> None:
    publish_head(today())


JOBS = [
    ("seal", 1, seal_now),
    ("seal_late", 3600, seal_late),
    ("publish_head", 3600, publish),
]
