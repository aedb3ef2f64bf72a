import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.engines.opinions import (
    AGREE,
    DISAGREE,
    PASS,
    BadFile,
    Conversation,
    Statement,
    Vote,
    opinion_map,
    read,
    write,
)
from linli.engines.opinions.reading import votes_file
from linli.engines.opinions.tests.neighbours import five_neighbours, street

VOTES = "timestamp,datetime,comment-id,voter-id,vote\n1000,,1,7,1\n2000,,2,7,-1\n3000,,1,8,0\n"
COMMENTS = "comment-id,moderated,is-meta,comment-body\n1,1,false,装电梯\n2,-1,false,骂人\n"
PEOPLE = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,1,2\n7,,0,2,1,1,1,-1\n8,,0,1,0,0,0,\n"
RECORDS = '[{"pid": 7, "tid": 1, "vote": 1, "modified": "1000"}, {"pid": 8, "tid": 1, "vote": 0, "modified": 3000.0}]'
SAID = {(7, 1): AGREE, (7, 2): DISAGREE, (8, 1): PASS}

RED = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    """Files by name, a dot written as two underscores and a hyphen as one."""
    for name, content in files.items():
        path = tmp_path / name.replace("__", ".").replace("_", "-")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def fault(path: Path) -> tuple[str, int]:
    with pytest.raises(BadFile) as caught:
        read(path)
    assert f"第 {caught.value.line} " in caught.value.sentence()
    assert str(caught.value) == f"{caught.value.sentence('en')} / {caught.value.sentence('zh-hans')}"
    return caught.value.reason, caught.value.line


@pytest.mark.parametrize(
    "content",
    [
        VOTES,
        "\ufeff" + VOTES,
        VOTES.replace("\n", "\r\n"),
        VOTES.replace("\n", "\r"),
        VOTES.replace("\n", "\n\n"),
        VOTES.rstrip(),
    ],
    ids=["plain", "byte order mark", "CRLF", "CR", "blank lines", "no last end"],
)
def test_votes_are_read_whatever_ends_their_lines(tmp_path: Path, content: str) -> None:
    found = read(folder(tmp_path, votes__csv=content, comments__csv=COMMENTS))

    assert {key: value for key, (_, value) in found.said.items()} == SAID
    assert found.statements == {1: Statement(1, "装电梯", 1), 2: Statement(2, "骂人", -1)}


def test_text_from_an_old_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    found = read(folder(tmp_path, votes__csv=VOTES, comments__csv=COMMENTS.encode("gb18030")))

    assert found.statements[1].text == "装电梯"


def test_people_by_statements_are_read(tmp_path: Path) -> None:
    found = read(folder(tmp_path, participants_votes__csv=PEOPLE))

    assert {key: value for key, (_, value) in found.said.items()} == SAID


def test_the_records_of_the_interface_are_read(tmp_path: Path) -> None:
    comments = '[{"tid": 1, "txt": "装电梯", "mod": 1}, {"tid": 2, "txt": "我住一楼", "is_meta": true}]'
    found = read(
        folder(
            tmp_path, votes__json=RECORDS, comments__json=comments, conversation__json='{"topic": "楼里的事"}'
        )
    )

    assert found.said == {(7, 1): (1000, AGREE), (8, 1): (3000, PASS)}
    assert (found.topic, [one.counts for one in found.statements.values()]) == ("楼里的事", [True, False])


def test_a_later_export_with_its_date_in_the_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "2025-08-29-x-votes.csv").write_text(VOTES, encoding="utf-8")
    (tmp_path / "2025-08-29-x-participant-votes.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "2025-08-29-x-comments.csv").write_text(COMMENTS, encoding="utf-8")

    found = votes_file(tmp_path)

    assert found is not None
    assert found.name == "2025-08-29-x-votes.csv"
    assert read(tmp_path).statements[1].text == "装电梯"


def test_without_times_the_later_row_is_the_later_vote(tmp_path: Path) -> None:
    found = read(folder(tmp_path, votes__csv="comment-id,voter-id,vote\n1,7,1\n1,7,-1\n"))

    assert [value for _, value in found.said.values()] == [DISAGREE]


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (VOTES[:-3], "columns", 4),
        (VOTES + '5000,,1,"9', "table", 5),
        (VOTES.replace(",-1\n", ",2\n"), "vote", 3),
        (VOTES.replace(",-1\n", ",NaN\n"), "vote", 3),
        (VOTES.replace(",-1\n", ",inf\n"), "vote", 3),
        (VOTES.replace("2000", "zwei"), "number", 3),
        (VOTES.replace("2000", "9" * 5000), "number", 3),
        (VOTES.replace("2000", "NaN"), "number", 3),
        (VOTES.replace(",8,", ",,"), "id", 4),
        (VOTES.replace(",8,", f",{'x' * 65},"), "id", 4),
        (VOTES.replace("vote\n", "voice\n"), "heading", 1),
        (VOTES.replace("datetime", "vote"), "heading", 1),
        ("", "empty", 1),
        (VOTES.split("\n", maxsplit=1)[0], "no_votes", 1),
        (VOTES + "x\0y,,,,\n", "nul", 5),
        (VOTES.encode() + b"\xff\xff\n", "encoding", 5),
        (VOTES + "x" * 10_000_000, "long_line", 5),
        ("x" * 10_000_000, "long_line", 1),
    ],
)
def test_bad_votes_get_one_sentence_with_the_line(
    tmp_path: Path, content: str | bytes, reason: str, line: int
) -> None:
    assert fault(folder(tmp_path, votes__csv=content)) == (reason, line)


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (COMMENTS + "1,1,false,又来一次\n", "twice", 4),
        (COMMENTS.replace("2,-1", "2,7"), "moderated", 3),
        (COMMENTS.replace("2,-1,false", "2,-1,maybe"), "truth", 3),
        (COMMENTS + '3,1,false,"没有完', "table", 4),
        ('comment-id,comment-body\n1,"两\n行"\n,空\n', "id", 4),
        ("comment-body\n装电梯\n", "heading", 1),
    ],
)
def test_bad_statements_get_one_sentence_with_the_line(
    tmp_path: Path, content: str, reason: str, line: int
) -> None:
    assert fault(folder(tmp_path, votes__csv=VOTES, comments__csv=content)) == (reason, line)


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (PEOPLE.replace("7,,0,2,1,1", "7,,0,3,1,1"), "count", 2),
        (PEOPLE.replace("8,,0,1,0,0", "8,,0,1,-1,0"), "count", 3),
        (PEOPLE.replace("8,,0", "7,,0"), "twice", 3),
        (PEOPLE.replace(",1,2\n", ",1,1\n"), "twice", 1),
        (PEOPLE.replace("1,-1\n", "1,yes\n"), "vote", 2),
    ],
)
def test_a_bad_table_of_people_gets_one_sentence_with_the_line(
    tmp_path: Path, content: str, reason: str, line: int
) -> None:
    assert fault(folder(tmp_path, participants_votes__csv=content)) == (reason, line)


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (RECORDS[:-1], "json", 1),
        ("[" * 100_000, "json", 1),
        ('[{"pid": ' + "9" * 5000 + "}]", "json", 1),
        ("{}", "shape", 1),
        ("[1]", "shape", 1),
        (RECORDS.replace('"vote": 0', '"vote": NaN'), "vote", 2),
        (RECORDS.replace('"vote": 0', '"vote": true'), "vote", 2),
        (RECORDS.replace('"pid": 8', '"pid": -8'), "id", 2),
        (RECORDS.replace("3000.0", "1e999"), "number", 2),
        (RECORDS.replace("3000.0", "[]"), "number", 2),
    ],
)
def test_bad_records_get_one_sentence_with_their_number(
    tmp_path: Path, content: str, reason: str, line: int
) -> None:
    assert fault(folder(tmp_path, votes__json=content)) == (reason, line)


def test_a_folder_without_votes_gets_one_sentence(tmp_path: Path) -> None:
    assert fault(folder(tmp_path, notes__txt="")) == ("no_file", 1)


def test_a_conversation_too_large_to_count_gets_one_sentence(tmp_path: Path) -> None:
    rows = "".join(f"{number},{number},1\n" for number in range(7100))

    assert fault(folder(tmp_path, votes__csv="comment-id,voter-id,vote\n" + rows)) == ("large", 1)


def test_what_was_found_is_quoted_short_and_printable() -> None:
    wrong = BadFile("vote", file="votes.csv", line=3, text="\x07" + "很" * 100)

    assert (
        wrong.sentence()
        == f"votes.csv 第 3 行：表态只能是 1（同意）、0（略过）或 -1（不同意），不能是“�{'很' * 39}…”。"
    )


PIECES = st.sampled_from(
    ["comment-id", "voter-id", "vote", "timestamp", "participant", "n-votes", ",", "\n", "\r\n", '"', "1", "-1", "0", "", "NaN", "\0", "\ufeff", "𠮷", "é", "1e9"]
)  # fmt: skip
CONTENT = st.one_of(
    st.binary(max_size=200),
    st.lists(PIECES, max_size=60).map(lambda parts: "".join(parts).encode()),
    st.lists(PIECES, max_size=30).map(
        lambda parts: ("comment-id,voter-id,vote\n" + "".join(parts)).encode("gb18030")
    ),
    st.tuples(st.integers(0, 90), st.binary(max_size=6)).map(
        lambda cut: VOTES.encode()[: cut[0]] + cut[1] + VOTES.encode()[cut[0] :]
    ),
)


@RED
@given(CONTENT, CONTENT, st.sampled_from(("votes.csv", "participants-votes.csv")), st.booleans())
def test_whatever_the_tables_hold_nothing_but_a_bad_file_is_raised(
    tmp_path: Path, votes: bytes, beside: bytes, name: str, summary: bool
) -> None:
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / name).write_bytes(votes)
    (tmp_path / ("summary.csv" if summary else "comments.csv")).write_bytes(beside)

    assert_read_or_refused(tmp_path)


def assert_read_or_refused(path: Path) -> None:
    """Either there is a map, or one sentence with a line; any other exception is a failure by itself."""
    refused = None
    try:
        opinion_map(read(path))
    except BadFile as wrong:
        refused = wrong
    assert refused is None or (refused.line >= 1 and "\n" not in str(refused))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(("pid", "tid", "vote", "modified", "txt", "mod")), inner, max_size=6
        )
    ),
    max_leaves=25,
)


@RED
@given(ANYTHING, ANYTHING)
def test_whatever_the_records_hold_nothing_but_a_bad_file_is_raised(
    tmp_path: Path, votes: object, beside: object
) -> None:
    (tmp_path / "votes.json").write_text(json.dumps(votes))
    (tmp_path / "comments.json").write_text(json.dumps(beside))

    assert_read_or_refused(tmp_path)


IDS = st.integers(0, 10**17) | st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="0123456789"), min_size=1, max_size=8
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)


@RED
@given(
    st.lists(
        st.builds(Vote, IDS, IDS, st.sampled_from((AGREE, PASS, DISAGREE)), st.integers(0, 10**15)),
        min_size=1,
        max_size=12,
    ),
    st.lists(
        st.builds(
            Statement,
            IDS,
            TEXTS,
            st.sampled_from((-1, 0, 1)),
            st.booleans(),
            st.none() | IDS,
            st.integers(0, 10**15),
        ),
        max_size=5,
    ),
    TEXTS,
)
def test_what_is_written_is_read_again(
    tmp_path: Path, votes: list[Vote], statements: list[Statement], topic: str
) -> None:
    conversation = Conversation.of(votes, statements)
    conversation.topic = topic

    write(conversation, tmp_path, opinion_map(conversation))

    assert read(tmp_path) == conversation


def test_five_neighbours_as_the_export_writes_them(tmp_path: Path) -> None:
    conversation = five_neighbours()

    write(conversation, tmp_path, opinion_map(conversation, k=2, least=2, votes=2))

    assert (tmp_path / "participants-votes.csv").read_text(encoding="utf-8").splitlines() == [
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,1,2,3",
        "刘师傅,1,0,3,2,1,1,-1,1",
        "周爷爷,0,0,2,1,1,-1,,1",
        "小林,0,0,3,2,0,0,1,1",
        "王阿姨,1,0,3,2,1,1,-1,1",
        "陈晓雨,0,0,3,2,1,-1,1,1",
    ]
    assert (tmp_path / "summary.csv").read_text(
        encoding="utf-8"
    ) == "topic,\nvoters,5\ncommenters,0\ncomments,3\ngroups,2\n"


def test_a_whole_street_survives_the_way_out_and_in(tmp_path: Path) -> None:
    conversation = Conversation.of(street(30, 30))

    write(conversation, tmp_path)

    assert opinion_map(read(tmp_path)).bits() == opinion_map(conversation).bits()
