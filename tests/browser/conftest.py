"""One small demo house for all tests of a process, and a browser for each file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from linli.project import touring

_surveys: dict[str, touring.Survey] = {}


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("demo")
    with touring.demo_house(data) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with touring.browser() as browser:
        yield browser


@pytest.fixture
def survey(chromium: Browser, address: str) -> touring.Survey:
    """Every page of the demo, walked once a process."""
    if address not in _surveys:
        _surveys[address] = touring.survey(chromium, address)
    return _surveys[address]
