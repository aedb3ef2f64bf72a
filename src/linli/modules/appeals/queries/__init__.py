"""Reads that have a name. ``appeals_seen_by`` is the only way to get an appeal for a person."""

from linli.modules.appeals.queries.seen import appeal_seen_by, appeals_seen_by

__all__ = ["appeal_seen_by", "appeals_seen_by"]
