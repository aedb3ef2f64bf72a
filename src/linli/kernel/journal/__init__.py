"""The journal's door: ``record`` a verb, ``on`` a verb.

``record`` writes one row inside the caller's transaction; listeners run in that same transaction, so a
reaction (a message put into the outbox) happens with the verb or not at all.
"""

from linli.kernel.journal.verbs import on

__all__ = ["on"]
