"""What the engine hands out: suggestions with reasons, and what it takes in: closed cases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A piece of evidence a page turns into a sentence.

    kind "words": the text says `words`, which speaks for `points_to` (a category code or a type);
    kind "learned": cases of `points_to` were told in such words before;
    kind "experience": of `of` closed cases of this category `count` were done by `points_to`;
    kind "catalogue": the dispatch catalogue names `points_to`;
    kind "route": the text says `words`, which calls for the special route `points_to`;
    kind "urgency": the text says `words`, which makes it `points_to`.
    """

    kind: str
    points_to: str
    words: tuple[str, ...] = ()
    count: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """For a person to confirm. Lists are best first."""

    type: str
    l1: tuple[str, ...]
    l2: tuple[str, ...]
    unit: tuple[str, ...]
    urgency: str
    special_route: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """A local case as it was finally filed and done."""

    text: str
    l2: str
    unit: str
    urgency: str
    type: str | None = None
    place: str | None = None
