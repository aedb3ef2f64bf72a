"""Build the journal and the search by their own migrations, there and back."""

import sys

from tests.trust import house


def refused() -> list[str]:
    """The acts that the database forbids on a row of the journal."""
    from django.db import IntegrityError, connection, transaction

    from linli.kernel.journal.actions import draft
    from linli.kernel.places.models import Area

    draft("drill.raised", Area(pk=1), by=None).save()
    found = []
    for act, statement in (
        ("update", "UPDATE journal_entry SET verb = 'drill.forged'"),
        ("delete", "DELETE FROM journal_entry"),
    ):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except IntegrityError:
            found.append(act)
    return found


def main(_argv: house.Argv) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from linli.kernel.journal import append_only

    def go(label: str, *target: str) -> None:
        call_command("migrate", label, *target, verbosity=0)

    def has_words() -> bool:
        return "search_words" in connection.introspection.table_names()

    go("journal")
    go("search")
    told = {"guards": append_only.guards(connection), "words": has_words()}
    append_only.install(connection)
    told |= {"again": append_only.guards(connection), "refused": refused()}
    go("search", "zero")
    go("journal", "0001")
    house.tell(**told, back=append_only.guards(connection), words_back=has_words())


if __name__ == "__main__":
    main(sys.argv[1:])
