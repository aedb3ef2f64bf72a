"""A pytest plugin: every test run gets a data folder of its own."""

import os
import tempfile

os.environ["LINLI_DATA"] = os.environ.get("LINLI_TEST_DATA") or tempfile.mkdtemp(prefix="linli-test-")
os.environ.pop("LINLI_KEYS", None)
os.environ.pop("LINLI_DEMO", None)
