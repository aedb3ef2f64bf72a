"""What the clock does for people."""

from datetime import timedelta

from linli.kernel.clock import now
from linli.kernel.people import looks, signin
from linli.kernel.people.models import Look

LOOKS_KEPT = timedelta(days=3 * 366)


def forget_dead_codes() -> int:
    """Sign-in codes and counters that nothing reaches any more."""
    return signin.sweep(now())


def forget_old_looks() -> int:
    """Records of access are kept for three years, then nothing needs them (个人信息保护法 第五十六条)."""
    limit = now() - LOOKS_KEPT
    old = list(Look.objects.filter(at__lt=limit).order_by("at").values_list("pk", flat=True)[:2000])
    return Look.objects.filter(pk__in=old, at__lt=limit).delete()[0] if old else 0


JOBS = [
    ("people.write_looks", 2, looks.write_noted),
    ("people.forget_dead_codes", 3600, forget_dead_codes),
    ("people.forget_old_looks", 86_400, forget_old_looks),
]
