"""What a watchman is told beside whether the house can work."""

from collections.abc import Callable

Word = Callable[[], object]
_words: dict[str, Word] = {}


def tell_the_watchman(name: str, word: Word) -> None:
    """From above: something that is worth a look though the house works, such as an old backup."""
    _words[name] = word


def words() -> dict[str, object]:
    return {name: word() for name, word in _words.items()}
