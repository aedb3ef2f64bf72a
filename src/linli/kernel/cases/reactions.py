"""What the cases do when somebody below says a verb."""

from linli.kernel.cases.erasing import forget_person
from linli.kernel.journal.models import Entry
from linli.kernel.journal.verbs import on


@on("people.erased")
def erase(entry: Entry) -> None:
    forget_person(entry.object_id)
