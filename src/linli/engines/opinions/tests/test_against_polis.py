"""Against Polis's own mathematics, and on whole conversations."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest

from linli.engines.opinions import (
    AGREE,
    Conversation,
    Count,
    Production,
    Vote,
    opinion_map,
    read,
    reproduce,
)
from linli.engines.opinions.findings import Representative, stands_for

FIXTURES = ("below-100-ptpts", "25ptpt-3gp-no-strict-with-meta")
CONVERSATIONS = {
    "15-per-hour-seattle": (339, 54, 31),
    "brexit-consensus": (204, 50, 50),
    "vtaiwan.uberx": (1921, 197, 119),
}


@pytest.mark.parametrize("name", FIXTURES)
def test_production_is_reproduced_given_its_groups(shared: Path, name: str) -> None:
    folder = shared / "data" / "opinions" / "fixtures" / name
    record = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
    bases = record["base-clusters"]
    members = dict(zip(bases["id"], bases["members"], strict=True))

    found = reproduce(read(folder), Production.read(record))

    assert np.abs(found.centre - record["pca"]["center"]).max() < 1e-9
    assert np.abs(found.components - record["pca"]["comps"]).max() < 1e-9
    assert np.abs(found.bases - np.array([bases["x"], bases["y"]]).T).max() < 1e-9
    assert [set(group) for group in found.members] == [
        {person for base in group["members"] for person in members[base]}
        for group in record["group-clusters"]
    ]
    assert np.abs(found.centres - [group["center"] for group in record["group-clusters"]]).max() < 1e-9
    wanted = {int(key): value for key, value in record["group-aware-consensus"].items()}
    assert set(found.consensus) == set(wanted)
    assert max(abs(float(found.consensus[key]) - value) for key, value in wanted.items()) < 1e-9
    assert {
        (int(group), int(statement)): (votes["A"], votes["D"], votes["S"])
        for group, said in record["group-votes"].items()
        for statement, votes in said["votes"].items()
    } == {
        (group, statement): (count.agree, count.disagree, count.seen)
        for statement, counts in found.counts.items()
        for group, count in enumerate(counts)
    }


@pytest.mark.parametrize("name", FIXTURES)
def test_what_represents_a_group_has_the_figures_production_gives_it(shared: Path, name: str) -> None:
    folder = shared / "data" / "opinions" / "fixtures" / name
    record = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
    counts = reproduce(read(folder), Production.read(record)).counts

    for group, statements in record["repness"].items():
        for wanted in statements:
            side = AGREE if wanted["repful-for"] == "agree" else -AGREE
            found = figures(counts[wanted["tid"]], int(group), side, wanted["tid"])
            assert (found.count.votes(side), found.count.seen) == (wanted["n-success"], wanted["n-trials"])
            assert abs(found.z - wanted["p-test"]) < 1e-9
            assert abs(float(found.ratio) - wanted["repness"]) < 1e-9
            assert abs(found.z_apart - wanted["repness-test"]) < 1e-6


def figures(counts: tuple[Count, ...], group: int, side: int, statement: int) -> Representative:
    others = sum((count for g, count in enumerate(counts) if g != group), Count(0, 0, 0))
    return stands_for(side, statement, counts[group], others)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_whole_conversation_is_counted_whole_and_alike_in_another_order(shared: Path, name: str) -> None:
    conversation = read(shared / "data" / "opinions" / name)

    the_map = opinion_map(conversation)

    assert (
        len(the_map.participants),
        len(conversation.statements),
        len(the_map.statements),
    ) == CONVERSATIONS[name]
    assert bits_in_other_orders(conversation, 1) == {the_map.bits()}


@pytest.mark.drill
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_whole_conversation_has_the_same_bits_in_twenty_orders(shared: Path, name: str) -> None:
    conversation = read(shared / "data" / "opinions" / name)

    assert bits_in_other_orders(conversation, 20) == {opinion_map(conversation).bits()}


def bits_in_other_orders(conversation: Conversation, orders: int) -> set[bytes]:
    votes = [Vote(person, one, value, at) for (person, one), (at, value) in conversation.said.items()]
    statements = list(conversation.statements.values())
    chance = Random(orders)
    found = set()
    for _ in range(orders):
        chance.shuffle(votes)
        chance.shuffle(statements)
        found.add(opinion_map(Conversation.of(votes, statements)).bits())
    return found


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_table_of_people_says_the_same_as_the_list_of_votes(
    shared: Path, name: str, tmp_path: Path
) -> None:
    folder = shared / "data" / "opinions" / name
    for file in ("participants-votes.csv", "comments.csv"):
        (tmp_path / file).write_bytes((folder / file).read_bytes())

    listed, table = read(folder), read(tmp_path)

    assert {key: value for key, (_, value) in table.said.items()} == {
        key: value for key, (_, value) in listed.said.items()
    }
    assert opinion_map(table).bits() == opinion_map(listed).bits()
