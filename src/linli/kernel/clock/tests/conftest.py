import pytest

from linli.project import words


@pytest.fixture(scope="session", autouse=True)
def chinese_words():
    """The catalogue as it stands in the source, not as it was compiled some day."""
    words.compile_changed()
