"""What each model of this room tells about a person, and what becomes of it when she asks to be forgotten."""

from typing import Any

POSTS_ARE_PUBLIC = "Who held a public post stays on record (居委会法 第十四条)."
LOOKS_STAY = (
    "Records of access are kept for three years (个人信息保护法 第五十六条); the reason is taken out."
)
CLAIM = ("dwelling", "valid_from", "valid_to", "evidence", "level", "verified_at")

PERSONAL: dict[str, dict[str, Any]] = {
    "person": {
        "owner": ("id",),
        "tell": ("kind", "name", "called", "birth_year", "community"),
        "silent": ("merged_into", "erased_at"),
        "erase": {"name": "", "called": "", "birth_year": None, "erased_at": "now"},
    },
    "account": {
        "owner": ("person",),
        "tell": ("username", "last_login", "language", "mode"),
        "silent": (
            "id", "password", "is_staff_account", "is_active", "must_change", "demo_place", "totp_secret", "totp_last_step",
        ),
        "erase": {"username": None, "is_active": False, "totp_secret": "", "last_login": None, "demo_place": None},
    },
    "merge": {
        "owner": ("kept",),
        "tell": ("at", "reason", "split_at"),
        "silent": ("id", "gone", "moved", "by", "split_by"),
        "erase": {"reason": ""},
    },
    "contact": {
        "owner": ("person",),
        "tell": ("kind", "cipher", "borrowed", "verified_at", "valid_from", "valid_to"),
        "silent": ("id", "blind", "blind_last_four"),
        "erase": "delete",
    },
    "document": {
        "owner": ("person",),
        "tell": ("kind", "cipher", "doubted", "at"),
        "silent": ("id", "blind", "seen_by"),
        "erase": "delete",
    },
    "household": {
        "owner": ("head",),
        "tell": ("dwelling", "valid_from", "valid_to"),
        "silent": ("id",),
        "erase": {"head": None},
    },
    "residence": {
        "owner": ("person",),
        "tell": ("kind", *CLAIM),
        "silent": ("id", "file_id", "verifier", "household"),
        "erase": "delete",
    },
    "ownership": {
        "owner": ("person",),
        "tell": ("share_num", "share_den", "basis", *CLAIM),
        "silent": ("id", "file_id", "verifier"),
        "erase": "delete",
    },
    "role": {
        "owner": ("person",),
        "tell": ("kind", "area", "body", "valid_from", "valid_to", "revoked_at"),
        "silent": ("id",),
        "erase": "keep",
        "why": POSTS_ARE_PUBLIC,
    },
    "tenure": {
        "owner": ("person",),
        "tell": ("post", "valid_from", "valid_to", "basis", "ended_because"),
        "silent": ("id",),
        "erase": "keep",
        "why": POSTS_ARE_PUBLIC,
    },
    "relative": {"owner": ("one", "other"), "tell": ("kind",), "silent": ("id",), "erase": "delete"},
    "mandate": {
        "owner": ("giver", "holder"),
        "tell": ("giver", "holder", "scope", "basis", "valid_from", "valid_to", "accepted_at", "revoked_at"),
        "silent": ("id", "recorded_by"),
        "erase": "delete",
    },
    "consent": {
        "owner": ("person",),
        "tell": ("purpose", "text_version", "given_at", "withdrawn_at"),
        "silent": ("id", "recorded_by", "guardian"),
        "erase": "delete",
    },
    "look": {
        "owner": ("subject",),
        "tell": ("viewer", "fields", "reason", "at", "approved_by"),
        "silent": ("id", "case_id", "day"),
        "erase": {"reason": ""},
        "why": LOOKS_STAY,
    },
    "opening": {
        "owner": ("subject",),
        "tell": ("asked_by", "field", "reason", "asked_at", "decided_by", "decided_at", "agreed", "answer"),
        "silent": ("id",),
        "erase": {"reason": "", "answer": ""},
        "why": LOOKS_STAY,
    },
    "roster": {
        "owner": ("frozen_by",),
        "tell": ("purpose", "area", "frozen_at"),
        "silent": ("id", "lines_count", "hash"),
        "erase": "keep",
        "why": "A decision must stay countable; the list holds keys, not names.",
    },
    "rosterline": {
        "owner": ("person_id",),
        "tell": ("roster", "dwelling_path", "floor_area", "share_num", "share_den"),
        "silent": ("id", "position"),
        "erase": "keep",
        "why": "A decision must stay countable; the list holds keys, not names.",
    },
    "slip": {
        "owner": ("person",),
        "tell": ("made_at", "until", "used_at"),
        "silent": ("id", "hash", "printed_by"),
        "erase": "delete",
    },
}  # fmt: skip
