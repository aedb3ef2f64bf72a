"""Real elections: the same winners as an independent program found."""

import json
import os
from pathlib import Path

import pytest

from linli.engines import choices

DATA = Path(os.environ.get("LINLI_SHARED", Path(__file__).parents[5].parent / "shared")) / "data" / "ranked"
THEIRS = {
    "plurality": "plurality", "borda": "borda", "irv": "irv_truncated", "copeland": "copeland", "minimax": "minimax",
    "schulze": "schulze_beat_path",
}  # fmt: skip


def expected() -> list[dict[str, object]]:
    file = DATA / "EXPECTED_pref_voting.jsonl"
    if not file.exists():
        lacking = pytest.fail if os.environ.get("CI") else pytest.skip
        lacking("The ranked ballots are not there: set LINLI_SHARED to the shared folder.")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_every_real_election_has_the_expected_winners() -> None:
    wanted, found = {}, {}
    for row in expected():
        profile = choices.read(DATA / str(row["file"]))
        results = row["m"]
        assert isinstance(results, dict)
        wanted[row["file"]] = {ours: results[theirs]["winners"] for ours, theirs in THEIRS.items()}
        wanted[row["file"]]["condorcet"] = [results["condorcet_winner"]["winners"]]
        wanted[row["file"]]["voters"] = row["voters"]
        found[row["file"]] = {
            ours: list(choices.count(profile, ours).winners) for ours in [*THEIRS, "condorcet"]
        }
        found[row["file"]]["voters"] = profile.voters

    assert found == wanted
    assert len(found) == 6


def test_every_real_file_is_written_and_read_again_unchanged() -> None:
    for row in expected():
        file = DATA / str(row["file"])
        profile = choices.read(file)
        again = choices.parse(choices.write(profile, file.suffix[1:]), file.suffix[1:])

        assert (again.names, sorted(again.orders)) == (profile.names, sorted(profile.orders))
