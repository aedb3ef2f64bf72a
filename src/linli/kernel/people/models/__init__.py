"""Person, account, contact and organisation are four things; what joins them has dates."""

from linli.kernel.people.models.contacts import Contact, Document
from linli.kernel.people.models.doors import Attempt, Code, Slip
from linli.kernel.people.models.homes import Household, Ownership, Residence
from linli.kernel.people.models.person import Account, Merge, Person
from linli.kernel.people.models.posts import Relative, Role, Tenure
from linli.kernel.people.models.rosters import Roster, RosterLine
from linli.kernel.people.models.trust import Consent, Look, Mandate, Opening

__all__ = [
    "Account",
    "Attempt",
    "Code",
    "Consent",
    "Contact",
    "Document",
    "Household",
    "Look",
    "Mandate",
    "Merge",
    "Opening",
    "Ownership",
    "Person",
    "Relative",
    "Residence",
    "Role",
    "Roster",
    "RosterLine",
    "Slip",
    "Tenure",
]
