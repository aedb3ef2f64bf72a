"""Four ways in: a code on the phone, a password with an authenticator, a printed slip, and the demo's list.

Limits (each counted over every window of its length, for all workers together):
a code has six digits, lives ten minutes, takes five tries and works once; a number gets five codes and takes
25 tries a day, an address gets 20 codes a day, the district 500 an hour. So a stranger guesses the code of one
number with a chance of at most 25 in a million a day. A password or a token may be wrong five times in 30
minutes. Every lock ends by itself. A refusal because of a limit is the same for known and unknown numbers.

The functions write their counters themselves: do not call them inside a transaction that may be rolled back.
"""

from linli.kernel.people.signin.accounts import account_of, close_account, sign_out_everywhere
from linli.kernel.people.signin.codes import Sent, check_code, register_delivery, send_code, sweep
from linli.kernel.people.signin.demo import demo_accounts, demo_step, show_in_demo
from linli.kernel.people.signin.passwords import (
    change_password,
    open_staff_account,
    password_step,
    reset_password,
)
from linli.kernel.people.signin.slips import slip_for, slip_step
from linli.kernel.people.signin.tokens import begin_totp, confirm_totp, needs_totp, remove_totp, totp_step

__all__ = [
    "Sent",
    "account_of",
    "begin_totp",
    "change_password",
    "check_code",
    "close_account",
    "confirm_totp",
    "demo_accounts",
    "demo_step",
    "needs_totp",
    "open_staff_account",
    "password_step",
    "register_delivery",
    "remove_totp",
    "reset_password",
    "send_code",
    "show_in_demo",
    "sign_out_everywhere",
    "slip_for",
    "slip_step",
    "sweep",
    "totp_step",
]
