"""Tests keep their data apart from any district's."""

import os
import tempfile

os.environ["LINLI_DATA"] = os.environ.get("LINLI_TEST_DATA") or tempfile.mkdtemp(prefix="linli-test-")
os.environ.pop("LINLI_KEYS", None)
