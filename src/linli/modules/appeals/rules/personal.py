"""What an appeal tells about a person, and what becomes of it when she asks to be forgotten."""

from typing import Any

from linli.kernel.cases.cards import FORGOTTEN

AT_WORK = (
    "What was written at work belongs to the file of the matter (条例 第十三条); it names the clerk, not her."
)

PERSONAL: dict[str, dict[str, Any]] = {
    "appeal": {
        "owner": ("case__raised_by",),
        "tell": (
            "case__number", "kind", "l2", "urgency", "channel", "identity", "text", "spot", "route", "joined",
            "times_reopened", "contacted_at", "dispatched_at", "replied_at", "public_title", "public_reply",
            "published_at",
        ),
        "silent": (
            "l1", "needs_words", "suggestion", "to_grid", "copied_to_district", "nudged_on", "excluded", "source_ref",
        ),
        "erase": "keep",
        "why": FORGOTTEN,
    },
    "objection": {
        "owner": ("by",),
        "tell": ("case__number", "body", "reason", "suggests", "at", "decided_at", "upheld"),
        "silent": ("id", "decided_by"),
        "erase": "keep",
        "why": AT_WORK,
    },
    "whistle": {
        "owner": ("by",),
        "tell": ("case__number", "caller", "called", "task", "at", "arrive_by", "arrived_at", "done_at"),
        "silent": ("id", "score_of_called", "score_of_caller"),
        "erase": "keep",
        "why": AT_WORK,
    },
    "hanging": {
        "owner": ("by",),
        "tell": ("case__number", "plan", "review_on", "level", "at", "ended_at"),
        "silent": ("id", "told_on"),
        "erase": "keep",
        "why": AT_WORK,
    },
    "exclusion": {
        "owner": ("proposed_by",),
        "tell": ("case__number", "code", "evidence", "at", "decided_at", "upheld"),
        "silent": ("id", "decided_by", "note"),
        "erase": "keep",
        "why": AT_WORK,
    },
    "importjob": {
        "owner": ("by",),
        "tell": ("area", "file_name", "rehearsal", "state", "beat_at"),
        "silent": ("id", "chart", "language", "report"),
        "erase": "keep",
        "why": AT_WORK,
    },
}  # fmt: skip
