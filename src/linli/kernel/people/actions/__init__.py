"""What is done with people: every verb checks, writes and records in one transaction."""

from linli.kernel.people.actions.homes import (
    claim_ownership,
    claim_residence,
    end_claim,
    keep_house,
    verify_claim,
)
from linli.kernel.people.actions.merging import merge, split
from linli.kernel.people.actions.posts import appoint, end_tenure, grant, note_relative, revoke
from linli.kernel.people.actions.register import (
    confirm_by_phone,
    find_or_register_by_phone,
    live_in,
    pseudonym,
    register,
    rename,
)
from linli.kernel.people.actions.rosters import freeze, is_unchanged
from linli.kernel.people.actions.trust import (
    accept_mandate,
    give_consent,
    give_mandate,
    has_consent,
    revoke_mandate,
    withdraw_consent,
)

__all__ = [
    "accept_mandate",
    "appoint",
    "claim_ownership",
    "claim_residence",
    "confirm_by_phone",
    "end_claim",
    "end_tenure",
    "find_or_register_by_phone",
    "freeze",
    "give_consent",
    "give_mandate",
    "grant",
    "has_consent",
    "is_unchanged",
    "keep_house",
    "live_in",
    "merge",
    "note_relative",
    "pseudonym",
    "register",
    "rename",
    "revoke",
    "revoke_mandate",
    "split",
    "verify_claim",
    "withdraw_consent",
]
