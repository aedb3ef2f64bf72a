"""What the files do when somebody above says a verb."""

from linli.kernel.files.actions import erase_of
from linli.kernel.journal.models import Entry
from linli.kernel.journal.verbs import on


@on("people.erased")
def erase(entry: Entry) -> None:
    erase_of(entry.object_id)
