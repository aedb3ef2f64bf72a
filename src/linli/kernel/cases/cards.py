"""What a case tells about the people in it, and what becomes of that when one of them asks to be forgotten."""

from typing import Any

FORGOTTEN = (
    "The reaction to people.erased takes her words; the matter, its dates and figures stay (条例 第三十二条)."
)
STAYS = "It holds keys, dates and figures alone, on which the unit is judged (条例 第三十二条)."
PARTIES = 1
"""Lines for the staff alone are about the work; she is told what is said to her."""

PERSONAL: dict[str, dict[str, Any]] = {
    "case": {
        "owner": ("raised_by",),
        "tell": ("number", "kind", "state", "title", "public_title", "area", "community", "raised_at", "unit", "due_at", "closed_at"),
        "silent": (
            "id", "state_since", "turn", "path", "street", "raised_by", "operator", "handler", "sensitivity",
            "query_code_hash",
        ),
        "erase": "keep",
        "why": FORGOTTEN,
    },
    "party": {
        "owner": ("person",),
        "tell": ("case__number", "part", "at"),
        "silent": ("id",),
        "erase": "keep",
        "why": STAYS,
    },
    "step": {
        "owner": ("by", "behalf", "case__raised_by"),
        "tell": ("case__number", "at", "verb", "text", "body"),
        "silent": ("id", "audience"),
        "only": {"audience__lte": PARTIES},
        "erase": "keep",
        "why": FORGOTTEN,
    },
    "clock": {
        "owner": ("case__raised_by",),
        "tell": ("case__number", "name", "limit_key", "starts_at", "due_at", "met_at", "dropped_at"),
        "silent": ("id", "rule_set", "rule_version", "holidays", "provisional", "extension", "pauses", "told_at"),
        "erase": "keep",
        "why": STAYS,
    },
    "link": {
        "owner": ("source__raised_by", "target__raised_by"),
        "tell": ("source__number", "kind", "target__number", "at"),
        "silent": ("id",),
        "erase": "keep",
        "why": STAYS,
    },
    "evaluation": {
        "owner": ("by",),
        "tell": ("case__number", "reached", "contacted_in_time", "solved", "satisfied", "words", "via", "at"),
        "silent": ("id", "operator"),
        "erase": {"words": ""},
    },
}  # fmt: skip
