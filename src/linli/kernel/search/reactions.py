"""What the search does when somebody below says a verb."""

from linli.kernel.journal.models import Entry
from linli.kernel.journal.verbs import on
from linli.kernel.search.actions import forget
from linli.kernel.search.cases import JOINED, KIND, of_people


@on("people.erased")
def erase(entry: Entry) -> None:
    """Her words leave the index with her; what stays of her matters is read anew within seconds."""
    keys = of_people([entry.object_id])
    for kind in (KIND, JOINED):
        forget(kind, *keys)
