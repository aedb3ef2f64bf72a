"""The door for the web server."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.project.settings")
application = get_wsgi_application()


def warm() -> None:
    """The triage engine is learned beside the first requests, so that no neighbour waits for it."""
    from linli.engines.triage import Triage

    Triage.default()


threading.Thread(target=warm, name="triage", daemon=True).start()
