"""A phone number as people write it, as we keep it, and as we show it."""

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kernel.answers import YES, Answer, no

MOBILE_DIGITS = 11
SHOWN_BEFORE, SHOWN_AFTER = 3, 4
COUNTRY = "86"


def normalise(text: str) -> str:
    """The digits alone, without the country: +86 100-0000 0417 and １００００００ ０４１７ are one number."""
    digits = "".join(str(unicodedata.digit(c)) for c in text if unicodedata.digit(c, None) is not None)
    digits = digits.removeprefix("00") if digits.startswith("00" + COUNTRY) else digits
    if len(digits) == MOBILE_DIGITS + len(COUNTRY) and digits.startswith(COUNTRY + "1"):
        return digits.removeprefix(COUNTRY)
    return digits


def is_mobile(digits: str) -> bool:
    return len(digits) == MOBILE_DIGITS and digits.startswith("1")


def may_receive_code(digits: str) -> Answer:
    """Whether a number can be a mobile number, and how it differs from one."""
    missing = MOBILE_DIGITS - len(digits)
    if is_mobile(digits):
        return YES
    if missing == 0 or not digits.startswith("1"):
        return no(_("A mobile number begins with 1 and has 11 digits. Please check it."))
    if missing > 0:
        return no(
            ngettext("The number is %d digit short.", "The number is %d digits short.", missing) % missing
        )
    return no(
        ngettext("The number is %d digit too long.", "The number is %d digits too long.", -missing) % -missing
    )


def masked(digits: str) -> str:
    """100****0417; a short number shows its last two digits alone."""
    if len(digits) <= SHOWN_BEFORE + SHOWN_AFTER:
        return "*" * max(0, len(digits) - 2) + digits[-2:]
    hidden = len(digits) - SHOWN_BEFORE - SHOWN_AFTER
    return digits[:SHOWN_BEFORE] + "*" * hidden + digits[-SHOWN_AFTER:]
