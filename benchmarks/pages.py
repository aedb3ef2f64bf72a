"""Pages against the plainest Django list in the same run: ``python -m benchmarks.pages [10000 100000 1000000]``.

CPU milliseconds a request, in process, median of rounds; the ratio to R0 is what counts (bars: perf/ANCHORS).
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import stage

ROUNDS, TIMES = 7, 20
ANEW = "public board, drawn anew"


def cpu_ms(call: Callable[[], Any]) -> float:
    """The CPU time of one call, over a few of them."""
    begin = time.process_time()
    for _ in range(TIMES):
        call()
    return (time.process_time() - begin) / TIMES * 1000


def against(call: Callable[[], Any], base: Callable[[], float]) -> tuple[float, float]:
    """Milliseconds of one call, and how often the base goes into it: round by round beside it, since a machine is moody."""
    call(), call(), base()
    rounds = [(base(), cpu_ms(call)) for _ in range(ROUNDS)]
    return statistics.median(c for _b, c in rounds), statistics.median(c / b for b, c in rounds)


def browser(who: Any = None) -> Callable[[str], Callable[[], Any]]:
    """Requests through the whole of the product: middleware, session, permissions, templates."""
    from django.test import Client

    from tests import make

    client = make.sign_in(Client(), who) if who is not None else Client()

    def visit(address: str) -> Callable[[], Any]:
        def call() -> Any:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            return response

        return call

    return visit


def floor(scene: Any) -> Callable[[], float]:
    """Measures R0 once; the product's own middleware and addresses are put aside meanwhile."""
    from django.test import Client, override_settings

    from benchmarks import floor as plain

    plain.community = scene.community.pk
    client = Client()

    def measured() -> float:
        with override_settings(ROOT_URLCONF="benchmarks.floor", MIDDLEWARE=[]):
            client.handler._middleware_chain = None  # noqa: SLF001 -- the handler of this client alone
            client.get("/r0/")
            return cpu_ms(lambda: client.get("/r0/"))

    return measured


def addresses(scene: Any) -> list[tuple[str, Any, str]]:
    from linli.kernel.cases.models import Case

    mine = Case.objects.filter(raised_by=scene.wang).exclude(unit=None).order_by("id").last()
    assert mine is not None
    return [
        ("worklist of a unit (list)", scene.liu, "/unit/"),
        ("my matters (list)", scene.wang, "/mine/"),
        ("a matter, resident (detail)", scene.wang, f"/matters/{mine.pk}/"),
        ("a matter, staff (detail)", scene.liu, f"/matters/{mine.pk}/"),
        ("desk board (20 cards)", scene.chen, "/desk/"),
        ("search, 20 hits", scene.chen, "/search/?q=楼道"),
        ("public board, kept for visitors", None, "/board/"),
        (ANEW, None, "/board/"),
    ]


def anew(visit: Callable[[], Any]) -> Callable[[], Any]:
    """The same look when nothing is kept in memory."""
    from django.core.cache import caches

    def call() -> Any:
        caches["default"].clear(), caches["visitors"].clear()
        return visit()

    return call


def create(scene: Any) -> tuple[float, float]:
    """The action that raises a matter, beside the plainest write."""
    from benchmarks.floor import w0
    from linli.kernel.cases.models import Case
    from linli.modules.appeals.actions import intake

    like = Case.objects.order_by("id").last()
    assert like is not None
    parents = {"community": scene.community, "street": scene.street}
    words = intake.Words(text="楼道灯不亮，晚上下楼看不清台阶", area=scene.stair)
    return against(
        lambda: intake.receive(words, by=scene.wang, parents=parents), lambda: cpu_ms(lambda: w0(like))
    )


def measure(scene: Any, size: int) -> None:
    base = floor(scene)
    print(f"\n{size:,} matters    R0 {min(base() for _ in range(ROUNDS)):.2f} ms CPU at best")
    print(f"{'page':32} {'CPU ms':>8} {'x R0':>6} {'KB':>6}")
    for name, who, address in addresses(scene):
        visit = browser(who)(address)
        visit = anew(visit) if name == ANEW else visit
        spent, ratio = against(visit, base)
        print(f"{name:32} {spent:8.2f} {ratio:6.2f} {len(visit().content) / 1024:6.1f}")
    spent, ratio = create(scene)
    print(f"{'raise a matter (action)':32} {spent:8.2f} {ratio:6.2f} x W0")


def main(sizes: list[int]) -> None:
    folder = stage.start()
    try:
        scene = stage.cast()
        for size in sizes:
            stage.fill(scene, to=size)
            stage.index()
            measure(scene, size)
    finally:
        stage.clear(folder)


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10_000, 100_000])
