"""The table of words against a plain dictionary: whatever is posted and taken, in whatever order."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.search import words

pytestmark = pytest.mark.django_db

TOKENS = ("漏水", "电梯", "楼道", "lift", "3", "\ue000all", "水")
KEYS = st.integers(1, 12).map(lambda n: n << 21)
POST = st.tuples(KEYS, st.lists(st.sampled_from(TOKENS), min_size=1, max_size=5, unique=True))


def everything(token: str) -> list[int]:
    return words.find(connection, any_of=TOKENS, all_of=[token], before=2**63 - 1, limit=100)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=st.lists(st.lists(POST, min_size=1, max_size=4), min_size=1, max_size=12))
def test_the_table_holds_exactly_what_was_posted_last(rounds: list[list[tuple[int, list[str]]]]) -> None:
    held: dict[int, list[str]] = {}
    with transaction.atomic():
        words.clear(connection)
        for posts in rounds:
            with transaction.atomic():
                for key, tokens in posts:
                    if key in held:
                        words.take(connection, [(key, held.pop(key))])
                    else:
                        words.post(connection, [(key, tokens)])
                        held[key] = tokens
        for token in TOKENS:
            assert everything(token) == sorted(
                (k for k, tokens in held.items() if token in tokens), reverse=True
            )
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_rows_taken_one_commit_at_a_time_take_no_others_with_them() -> None:
    words.clear(connection)
    for n in range(1, 120):
        words.post(connection, [(n * 100_000, [TOKENS[n % 3], TOKENS[3 + n % 4]])])
    for n in range(1, 120, 2):
        words.take(connection, [(n * 100_000, [TOKENS[n % 3], TOKENS[3 + n % 4]])])
        if n % 4 == 1:
            words.post(connection, [(n * 100_000, [TOKENS[3 + n % 4]])])
    held = {n * 100_000: {TOKENS[n % 3], TOKENS[3 + n % 4]} for n in range(2, 120, 2)}
    held |= {n * 100_000: {TOKENS[3 + n % 4]} for n in range(1, 120, 4)}
    found = {token: everything(token) for token in TOKENS}
    words.clear(connection)
    assert found == {
        t: sorted((k for k, tokens in held.items() if t in tokens), reverse=True) for t in TOKENS
    }
