"""What the clock does for the search."""

from linli.kernel.search.actions import index_waiting

BATCH = 500


def index_now() -> None:
    while index_waiting(BATCH) == BATCH:
        pass


JOBS = [("index words", 2, index_now)]
