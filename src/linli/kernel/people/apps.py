"""People: person, account, contact and organisation as separate things, and what each may do where."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.kernel.people.cards import PERSONAL


class People(AppConfig):
    name = "linli.kernel.people"
    label = "people"
    verbose_name = _("People")

    verbs = {
        "people.registered": _("{actor} registered a person"),
        "people.renamed": _("{actor} corrected a name"),
        "people.moved": _("{actor} chose the community"),
        "people.pseudonym_made": _("Somebody reported without a name"),
        "people.contact_added": _("{actor} noted a way to reach a person"),
        "people.contact_ended": _("{actor} removed a way to reach a person"),
        "people.number_changed_hands": _("{actor} noted that a number has a new holder"),
        "people.document_noted": _("{actor} noted the number of a paper"),
        "people.signed_in": _("{actor} signed in"),
        "people.slip_printed": _("{actor} printed a sign-in slip"),
        "people.staff_account_opened": _("{actor} opened a staff account"),
        "people.account_closed": _("{actor} closed an account"),
        "people.password_reset": _("{actor} reset a password"),
        "people.password_changed": _("{actor} changed the password"),
        "people.totp_set": _("{actor} set up an authenticator"),
        "people.totp_removed": _("{actor} removed an authenticator"),
        "people.appointed": _("{actor} noted who holds a post"),
        "people.tenure_ended": _("{actor} noted the end of a term"),
        "people.role_granted": _("{actor} gave a role"),
        "people.role_revoked": _("{actor} took a role back"),
        "people.relative_noted": _("{actor} noted a close kinship"),
        "people.household_noted": _("{actor} noted a household"),
        "people.residence_claimed": _("{actor} noted who lives in a dwelling"),
        "people.ownership_claimed": _("{actor} noted who owns a dwelling"),
        "people.claim_verified": _("{actor} confirmed who lives in or owns a dwelling"),
        "people.claim_ended": _("{actor} noted that somebody moved out or sold"),
        "people.mandate_given": _("{actor} noted that somebody may act for another"),
        "people.mandate_accepted": _("{actor} agreed to act for another"),
        "people.mandate_revoked": _("{actor} took back a mandate"),
        "people.consent_given": _("{actor} gave consent"),
        "people.consent_withdrawn": _("{actor} withdrew consent"),
        "people.looked": _("{actor} opened a private field"),
        "people.opening_asked": _("{actor} asked to open a private field of a child"),
        "people.opening_agreed": _("{actor} agreed that a private field of a child is opened"),
        "people.opening_refused": _("{actor} refused to open a private field of a child"),
        "people.merged": _("{actor} joined two records of one person"),
        "people.split": _("{actor} took two joined records apart"),
        "people.roster_frozen": _("{actor} froze a list of people"),
        "people.erased": _("The data of a person was erased"),
    }

    personal = PERSONAL
