"""Sessions in the database, as Django keeps them; reading one, which every page does, has its SQL written once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as InTheDatabase
from django.contrib.sessions.models import Session
from django.utils import timezone

from linli.kernel.asking import Question

KEPT = Question(lambda key, moment: Session.objects.filter(session_key=key, expire_date__gt=moment))


class SessionStore(InTheDatabase):
    """The name is part of the signature of what is kept, and Django looks for it."""

    def _validate_session_key(self, key: Any) -> bool:
        """Ours are letters and digits; PostgreSQL would not even look for others."""
        return bool(super()._validate_session_key(key)) and str(key).isalnum()  # type: ignore[misc]

    def _get_session_from_db(self) -> Any:
        found = KEPT.one(str(self.session_key), timezone.now())
        if found is None:
            self._session_key = None
        return found
