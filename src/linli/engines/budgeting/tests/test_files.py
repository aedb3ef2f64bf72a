"""Pabulib files: what is read is what was written, and whatever is wrong is told with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.budgeting import BadFile, Election, Kind, decide, read, write
from linli.engines.budgeting.tests.elections import random_election
from linli.engines.budgeting.tests.scenes import courtyard

GOOD = """META
key;value
description;院里的钱
num_projects;2
num_votes;3
budget;1000
vote_type;approval
PROJECTS
project_id;cost;votes;name
a;300;2;路灯
b;250.5;2;"长椅; 两把"
VOTES
voter_id;vote;age
1;a,b;70
2;b;35
3;a;8
"""
POINTS = GOOD.replace("approval", "cumulative").replace("vote;age", "vote;points")


def test_a_file_is_read() -> None:
    election = read(GOOD.encode())
    facts = [(one.id, one.cost, one.name, dict(one.facts)) for one in election.projects]
    assert facts == [("a", 300_00, "路灯", {"votes": "2"}), ("b", 250_50, "长椅; 两把", {"votes": "2"})]
    assert (election.budget, election.unit, election.kind, election.people) == (
        1000_00,
        100,
        Kind.APPROVAL,
        3,
    )
    assert (election.votes, list(election.voters), election.facts) == (
        [2, 2],
        ["1", "2", "3"],
        {"age": ("70", "35", "8")},
    )


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.encode("gb18030"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace('"长椅; 两把"', "长椅").replace(";", " ; ").encode(),
        GOOD.replace("VOTES\n", "\nVOTES\n").encode(),
    ],
    ids=["byte order mark", "GB18030", "CRLF", "blanks", "empty line"],
)
def test_the_same_file_in_another_dress(data: bytes) -> None:
    plain, other = read(GOOD.encode()), read(data)
    assert [one.cost for one in other.projects] == [one.cost for one in plain.projects]
    assert decide(other).selected == decide(plain).selected


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("num_votes;3", "num_votes;4", 5, "num_votes says 4, the file holds 3"),
        ("num_projects;2", "num_projects;zwei", 4, "num_projects says zwei, the file holds 2"),
        ("budget;1000\n", "", 6, "META lacks budget"),
        ("a;300;", "a;-300;", 10, "'-300' should be a number, not negative"),
        ("a;300;", "a;NaN;", 10, "'NaN' should be a number"),
        ("a;300;", "a;inf;", 10, "'inf' should be a number"),
        ("a;300;", "a;3e5;", 10, "'3e5' should be a number"),
        ("a;300;", "a;" + "9" * 5000 + ";", 10, "should be a number"),
        ("a;300;2", "a;300;3", 10, "votes says 3, the ballots hold 2"),
        ("\nb;250.5", "\na;250.5", 11, "'a' is empty or stands here twice"),
        ("\n2;b;", "\n1;b;", 15, "'1' is empty or stands here twice"),
        ("1;a,b;70", "1;a,c;70", 14, "'c' is not among the projects"),
        ("1;a,b;70", "1;a,a;70", 14, "a project stands on this ballot twice"),
        ("3;a;8\n", "3;a\n", 16, "3 fields are expected, this line has 2"),
        ("3;a;8\n", '3;"a', 16, "this line cannot be read"),
        ("approval", "loud", 7, "the vote_type 'loud' is not known"),
        ("META\n", "", 1, "the file must begin with META"),
        (
            "voter_id;vote;age",
            "voter_id;vote;vote",
            13,
            "the heading 'vote' may be neither empty nor doubled",
        ),
        ("project_id;cost", "project;cost", 8, "the column project_id is missing"),
        ("PROJECTS\n", "VOTES\n", 8, "VOTES is out of place"),
        ("路灯", "路\0灯", 10, "there is a NUL character"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, told: str) -> None:
    assert old in GOOD
    with pytest.raises(BadFile) as wrong:
        read(GOOD.replace(old, new, 1).encode())
    assert (wrong.value.line, told in wrong.value.tell("en")) == (line, True)
    assert f"第{line}行：" in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1;a,b;3", "the ballot has 2 projects and 1 numbers of points"),
        ("1;a,b;3,-1", "'-1' should be a number"),
        ("1;a,b;3,99999999999", "too many points"),
    ],
)
def test_points_must_fit_the_ballot(row: str, told: str) -> None:
    with pytest.raises(BadFile, match=told) as wrong:
        read(POINTS.replace("1;a,b;70", row).encode())
    assert wrong.value.line == 14


def test_a_file_that_is_cut_off_is_never_taken_for_a_whole() -> None:
    data = GOOD.encode()
    for end in range(len(data) - len("8\n")):
        with pytest.raises(BadFile):
            read(data[:end])


def test_ten_megabytes_in_one_line() -> None:
    for data in (b"x" * 10_000_000, GOOD.encode() + b"4;" + b"a," * 5_000_000, b"META\n" + b"k;" * 5_000_000):
        with pytest.raises(BadFile):
            read(data)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(BadFile, match="neither UTF-8 nor GB18030") as wrong:
        read(GOOD.encode() + b"\xff\xff")
    assert wrong.value.line == 17


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    refused_or_counted(data)


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([GOOD, POINTS.replace(";70", ";3,4").replace(";35", ";5")]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    junk = data.draw(
        st.text(max_size=12) | st.sampled_from([";", '"', "\n", "-", ",", "1", "99999999999999"])
    )
    refused_or_counted((text[:start] + junk + text[end:]).encode("utf-8", "surrogatepass"))


def refused_or_counted(data: bytes) -> None:
    line = 1
    try:
        decide(read(data))
    except BadFile as wrong:
        line = wrong.line
    assert 1 <= line <= data.count(b"\n") + data.count(b"\r") + 1


@pytest.mark.parametrize("kind", Kind)
def test_what_is_written_reads_back(kind: Kind) -> None:
    for seed in range(60):
        election = random_election(seed, kind)
        again = read(write(election, decide(election).selected).encode())
        scale = again.unit // election.unit
        assert [one.cost for one in again.projects] == [one.cost * scale for one in election.projects]
        assert ballots_of(again) == ballots_of(election)
        assert again.official == [one.id for one in election.projects if one.id in decide(election).selected]
        assert write(read(write(again).encode())) == write(again)


def ballots_of(election: Election) -> list[dict[str, int]]:
    """Each voter's ballot by project id."""
    found: list[dict[str, int]] = [{} for _ in range(election.ballots)]
    for ballot, project, points in zip(
        election.on_ballot.tolist(), election.on_project.tolist(), election.points.tolist(), strict=True
    ):
        found[ballot][election.projects[project].id] = points
    return [found[ballot] for ballot in election.ballot_of.tolist()]


def test_the_courtyard_as_a_file() -> None:
    assert write(courtyard(), ["bench"]).splitlines()[:14] == [
        "META",
        "key;value",
        "num_projects;4",
        "num_votes;5",
        "budget;1000",
        "vote_type;approval",
        "PROJECTS",
        "project_id;cost;votes;name;selected",
        "lamp;300;3;路灯;0",
        "bench;240;3;长椅;1",
        "ramp;360;2;坡道;0",
        "pavilion;850;4;凉亭;0",
        "VOTES",
        "voter_id;vote",
    ]


def test_real_files_read_back(shared: Path) -> None:
    paths = sorted((shared / "data" / "budgets").glob("*.pb"))
    assert paths
    for path in paths:
        election = read(path)
        assert ballots_of(read(write(election, election.official).encode())) == ballots_of(election)
