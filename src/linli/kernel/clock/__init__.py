"""The clock: what time it is, until when, and why that day."""

from linli.kernel.clock.moment import SHANGHAI, local, moved_to, now, today

__all__ = ["SHANGHAI", "local", "moved_to", "now", "today"]
