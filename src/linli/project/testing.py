"""A pytest plugin: a data folder for each process, and PostgreSQL when ``LINLI_TEST_POSTGRES=1``."""

import os
import shutil
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from linli.project import words
from linli.project.cluster import private_cluster

ROOT = Path(__file__).resolve().parent.parent.parent.parent
FOLDER = os.environ.get("LINLI_TEST_DATA") or tempfile.mkdtemp(prefix="linli-test-")
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
_cluster: AbstractContextManager[str] | None = None

os.environ["LINLI_DATA"] = FOLDER
Path(FOLDER, "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns when there is none
Path(FOLDER, "static").mkdir(exist_ok=True)
for name in ("LINLI_KEYS", "LINLI_DEMO", "LINLI_ADDRESS"):
    os.environ.pop(name, None)
for name in ("LINLI_LIMIT_ACCOUNT", "LINLI_LIMIT_ADDRESS"):
    os.environ[name] = "0"  # tests are a flood; those of limits set their own

if os.environ.get("LINLI_TEST_POSTGRES") == "1" and not IS_WORKER:
    _cluster = private_cluster()
    os.environ["DATABASE_URL"] = _cluster.__enter__()  # before Django reads its settings

if not IS_WORKER:
    words.compile_changed()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """End what this process started; a worker leaves the server to the one that began."""
    if _cluster is not None:
        _cluster.__exit__(None, None, None)
    if "LINLI_TEST_DATA" not in os.environ:
        shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the statutes and data sets that tests compare with; without it they skip, but not in CI."""
    folder = Path(os.environ.get("LINLI_SHARED") or ROOT.parent / "shared").resolve()
    if not folder.is_dir():
        reason = f"{folder} is not here; set LINLI_SHARED to the folder with the reference data."
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return folder
