"""What is done with people: every verb checks, writes and records in one transaction."""

from linli.kernel.people.actions.register import (
    confirm_by_phone,
    find_or_register_by_phone,
    pseudonym,
    register,
    rename,
)

__all__ = ["confirm_by_phone", "find_or_register_by_phone", "pseudonym", "register", "rename"]
