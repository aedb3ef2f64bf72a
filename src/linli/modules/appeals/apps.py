"""Appeals: a matter raised once, answered in time by one accountable unit, and judged by who raised it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from linli.modules.appeals.rules.personal import PERSONAL


class Appeals(AppConfig):
    name = "linli.modules.appeals"
    label = "appeals"
    verbose_name = _("Matters raised")

    home = "appeals:raise"
    tiles = (
        {"icon": "mic", "title": _("Report a matter"), "line": _("Just say it"), "url": "appeals:raise", "prime": True},
        {"icon": "file-check-corner", "title": _("Answered in public"), "line": _("What was asked and what was done"), "url": "appeals:board"},
        {"icon": "search-check", "title": _("Follow by code"), "line": _("With the code on your receipt"), "url": "appeals:follow"},
    )  # fmt: skip
    rail = (
        {"icon": "inbox", "title": _("Desk"), "url": "appeals:desk", "allow": "clerk", "order": 10},
        {"icon": "phone-call", "title": _("Calls"), "url": "appeals:calls", "allow": "clerk", "order": 11},
        {"icon": "clipboard-check", "title": _("Board"), "url": "appeals:publish", "allow": "clerk", "order": 12},
        {"icon": "qr-code", "title": _("Squares"), "url": "appeals:squares", "allow": "clerk", "order": 13},
        {"icon": "wrench", "title": _("Our work"), "url": "appeals:unit", "allow": "handler", "order": 20},
        {"icon": "binoculars", "title": _("Supervision"), "url": "appeals:watch", "allow": ("street", "district", "reviewer", "auditor"), "order": 30},
        {"icon": "chart-column", "title": _("Rates"), "url": "appeals:rates", "allow": "staff", "order": 40},
    )  # fmt: skip
    settings = (
        {"icon": "route", "title": _("Dispatch catalogue"), "line": _("Which unit a category goes to"), "url": "appeals:catalogue"},
        {"icon": "file-up", "title": _("Import"), "line": _("Old matters from a table"), "url": "appeals:imports"},
    )  # fmt: skip
    verbs = {
        "appeals.received": _("{actor} raised the matter"),
        "appeals.heard": _("A machine wrote down what it heard; the desk checks it"),
        "appeals.transcribed": _("{actor} wrote down the recording"),
        "appeals.classified": _("{actor} said what kind of matter it is"),
        "appeals.answered": _("{actor} answered at once"),
        "appeals.referred": _("{actor} showed another way"),
        "appeals.transferred": _("{actor} handed it to the emergency service"),
        "appeals.merged": _("{actor} joined it with the same matter"),
        "appeals.joined": _("{actor} said “me too”"),
        "appeals.word_added": _("{actor} added a word"),
        "appeals.nudged": _("{actor} nudged the unit"),
        "appeals.withdrawn": _("{actor} withdrew it"),
        "appeals.dispatched": _("{actor} sent it to {body}"),
        "appeals.redispatched": _("{actor} sent it on to {body}"),
        "appeals.signed": _("{actor} of {body} took it in hand"),
        "appeals.objected": _("{body} objects: not its duty"),
        "appeals.objection_refused": _("{actor} decided that the unit keeps it"),
        "appeals.contacted": _("{actor} got in touch with the neighbour"),
        "appeals.progressed": _("{actor} reported progress"),
        "appeals.extended": _("{actor} extended the limit"),
        "appeals.suspended": _("{actor} paused the clock"),
        "appeals.resumed": _("{actor} let the clock run on"),
        "appeals.whistled": _("{actor} called {body} to the spot"),
        "appeals.arrived": _("{actor} of {body} reported at the spot"),
        "appeals.whistle_scored": _("{actor} scored the joint work"),
        "appeals.hung": _("{actor} put it on the long list with a plan"),
        "appeals.taken_down": _("{actor} took it off the long list"),
        "appeals.replied": _("{actor} of {body} replied"),
        "appeals.closed": _("{actor} closed it"),
        "appeals.explained": _("{actor} explained why no more can be done"),
        "appeals.reopened": _("{actor} opened it again"),
        "appeals.returned_to_desk": _("{actor} was not content with the answer; it is back at the desk"),
        "appeals.overdue": _("The limit passed; those above were told"),
        "appeals.review_due": _("The day to look again has come"),
        "appeals.published": _("{actor} put the answer on the public board"),
        "appeals.unpublished": _("{actor} took the answer off the public board"),
        "appeals.exclusion_proposed": _("{actor} proposed to leave it out of the rates"),
        "appeals.exclusion_reviewed": _("{actor} reviewed the exclusion"),
        "appeals.catalogue_adopted": _("{actor} put a dispatch catalogue in force"),
        "appeals.catalogue_changed": _("{actor} changed the dispatch catalogue"),
        "appeals.import_begun": _("{actor} began to import old matters"),
        "appeals.imported": _("{actor} imported it from a file"),
    }

    personal = PERSONAL

    def ready(self) -> None:
        import linli.modules.appeals.reactions  # noqa: F401 -- listens to the verbs
        from linli.kernel.cases.erasing import call_anew
        from linli.kernel.cases.in_public import shown_in_public
        from linli.kernel.cases.kinds import register
        from linli.kernel.cases.threads import names_known
        from linli.modules.appeals.queries.one import category_of
        from linli.modules.appeals.queries.thread import reporters_known, titles_on_the_board
        from linli.modules.appeals.rules.moves import KIND

        register(KIND)
        call_anew(KIND.name, category_of)
        names_known(KIND.name, reporters_known)
        shown_in_public(KIND.name, titles_on_the_board)
