"""Django's door to our accounts: who somebody is, read anew on every request."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from linli.kernel.asking import Question
from linli.kernel.people.models import Account

OPEN = Question(
    lambda key: Account.objects.select_related("person__community").filter(pk=key, is_active=True)
)


class AccountBackend(BaseBackend):
    """Signing in happens in ``signin``; this only finds the account of a session again."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """No credentials are taken here, so that no path leads around the limits of ``signin``."""

    def get_user(self, user_id: int) -> Account | None:
        """None for an account that was closed: its sessions end with the next request."""
        return OPEN.one(int(user_id))
