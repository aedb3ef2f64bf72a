"""Several workers at once, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def together(workers: int, work: Callable[[], Any]) -> list[Any]:
    """What each worker got, or the exception it met; all begin at the same moment."""
    start, results = threading.Barrier(workers), []

    def run() -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as problem:  # noqa: BLE001 -- the test compares it
            results.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
