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


def cpu_ms(call: Callable[[], Any]) -> float:
    """The median over rounds of the CPU time of one call."""
    call(), call()
    found = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        for _ in range(TIMES):
            call()
        found.append((time.process_time() - begin) / TIMES * 1000)
    return statistics.median(found)


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


def floor(scene: Any) -> Callable[[], Any]:
    from django.test import Client, override_settings

    from benchmarks import floor as plain

    plain.community = scene.community.pk
    client = Client()

    def call() -> Any:
        return client.get("/r0/")

    def measured() -> Any:
        with override_settings(ROOT_URLCONF="benchmarks.floor", MIDDLEWARE=[]):
            client.handler._middleware_chain = None  # noqa: SLF001 -- the handler of this client alone
            return cpu_ms(call)

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
        ("desk board (80 cards)", scene.chen, "/desk/"),
        ("public board, signed out", None, "/board/"),
    ]


def create(scene: Any) -> tuple[float, float]:
    """The action that raises a matter, and the plainest write."""
    from benchmarks.floor import w0
    from linli.kernel.cases.models import Case
    from linli.modules.appeals.actions import intake

    like = Case.objects.order_by("id").last()
    assert like is not None
    parents = {"community": scene.community, "street": scene.street}
    words = intake.Words(text="楼道灯不亮，晚上下楼看不清台阶", area=scene.stair)
    ours = cpu_ms(lambda: intake.receive(words, by=scene.wang, parents=parents))
    return ours, cpu_ms(lambda: w0(like))


def measure(scene: Any, size: int) -> None:
    base = floor(scene)()
    print(f"\n{size:,} matters    R0 {base:.2f} ms CPU")
    print(f"{'page':32} {'CPU ms':>8} {'x R0':>6} {'KB':>6}")
    for name, who, address in addresses(scene):
        visit = browser(who)(address)
        spent = cpu_ms(visit)
        print(f"{name:32} {spent:8.2f} {spent / base:6.2f} {len(visit().content) / 1024:6.1f}")
    ours, plain = create(scene)
    print(f"{'raise a matter (action)':32} {ours:8.2f} {ours / plain:6.2f} x W0 ({plain:.2f} ms)")


def main(sizes: list[int]) -> None:
    folder = stage.start()
    try:
        scene = stage.cast()
        for size in sizes:
            stage.fill(scene, to=size)
            measure(scene, size)
    finally:
        stage.clear(folder)


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10_000, 100_000])
