import argparse
import json
import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.opinions import AGREE, DISAGREE, Conversation, Statement, Vote, write
from linli.engines.opinions.drawing import MOST_DRAWN, wrapped
from linli.engines.opinions.tallying import add_options, draw, recognises, result_of, tally, tell
from linli.engines.opinions.tests.neighbours import five_neighbours, street
from linli.engines.opinions.words import TEXTS, ZH

LANGUAGES = (ZH, "en")


def parsed(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args(argv)


def two_camps(tmp_path: Path) -> Path:
    statements = [Statement(one, f"第{one}件事该不该做", 1) for one in range(12)]
    conversation = Conversation.of(street(30, 20, shown=1), statements)
    conversation.topic = "院里的事"
    write(conversation, tmp_path)
    return tmp_path


def test_the_result_has_what_machines_expect(tmp_path: Path) -> None:
    result = tally(two_camps(tmp_path), parsed())

    assert (result["participants"], result["statements"], result["k"]) == (50, 12, 2)
    assert [group["size"] for group in result["groups"]] == [30, 20]
    assert all(group["representative"] for group in result["groups"])
    assert {item["side"] for item in result["consensus"]} <= {"agree", "disagree"}
    assert all(
        item["groups"][item["most"]]["agree"] >= item["groups"][item["least"]]["agree"]
        for item in result["divisive"]
    )
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_the_number_of_groups_may_be_asked_for(tmp_path: Path) -> None:
    result = tally(two_camps(tmp_path), parsed("--k", "3"))

    assert (result["k"], result["asked_k"]) == (3, 3)


@pytest.mark.parametrize("wrong", ["1", "6", "zwei"])
def test_any_other_number_is_refused(wrong: str) -> None:
    with pytest.raises(SystemExit):
        parsed("--k", wrong)


def test_a_folder_or_a_file_of_it_is_recognised_and_nothing_else(tmp_path: Path) -> None:
    folder = two_camps(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    (folder / "notes.txt").touch()
    (empty / "comments.csv").touch()

    known = [folder, folder / "votes.csv", folder / "participants-votes.csv", folder / "comments.csv"]
    unknown = [folder / "notes.txt", empty, empty / "comments.csv", tmp_path / "none", tmp_path / "none.csv"]

    assert [recognises(path) for path in known] == [True] * 4
    assert [recognises(path) for path in unknown] == [False] * 5
    assert tally(folder / "comments.csv", parsed()) == tally(folder, parsed())


def test_five_neighbours_are_told_that_no_group_of_them_is_shown() -> None:
    result = result_of(five_neighbours())

    assert (result["k"], result["groups"], result["consensus"]) == (1, [], [])
    assert "不到 5 人" in tell(result)
    assert "王阿姨" not in json.dumps(result, ensure_ascii=False)


def test_neither_a_name_nor_anybodys_place_is_in_the_result() -> None:
    votes = [Vote(f"居民{vote.participant}号", vote.statement, vote.value) for vote in street(30, 20, 6)]
    result = result_of(Conversation.of(votes))

    said = json.dumps(result, ensure_ascii=False) + "".join(
        tell(result, one) + draw(result, one) for one in LANGUAGES
    )

    assert "居民" not in said
    assert min(group["size"] for group in result["groups"]) >= 5
    counts = [count for item in result["consensus"] + result["divisive"] for count in item["groups"] if count]
    assert counts
    assert min(count["seen"] for count in counts) >= 5


def test_how_few_others_voted_is_not_told() -> None:
    votes = [
        Vote(person, one, AGREE if person < 30 or one > 2 else DISAGREE)
        for person in range(50)
        for one in range(7)
    ]
    votes += [Vote(person, 99, AGREE) for person in range(30)] + [
        Vote(person, 99, DISAGREE) for person in range(30, 34)
    ]
    result = result_of(Conversation.of(votes))

    first = {item["id"]: item["others"] for item in result["groups"][0]["representative"]}

    assert first[99] is None
    assert first[0] == {"agree": 0, "disagree": 20, "pass": 0, "seen": 20}
    assert "其他人 4 人" not in tell(result)
    assert "表态的不满 5 人，不公布" in draw(result)


def test_wang_ayi_reads_what_unites_and_what_divides() -> None:
    said = tell(result_of(Conversation.of(street(30, 20, shown=1), [Statement(0, "装电梯", 1)])))

    assert "50 人参加，对 12 条意见表了态，一共 600 次。" in said
    assert "按想法远近分成 2 组。" in said
    assert "甲组，30 人" in said
    assert re.search(r"甲组表态 30 人，\d+ 人同意、\d+ 人不同意；乙组表态 20 人", said)


def test_who_asked_for_more_groups_than_privacy_allows_is_told_why() -> None:
    result = result_of(Conversation.of(street(6, 6, shown=1, loyal=1)), k=4)

    assert result["k"] == 2
    assert "您要求分成 4 组，那样会有不满 5 人的组；为了不让人认出是谁，只分到 2 组。" in tell(result)
    assert "You asked for 4 groups" in tell(result, "en")


def test_everybody_as_one_is_told_as_everybody() -> None:
    result = result_of(Conversation.of(Vote(person, one, AGREE) for person in range(20) for one in range(8)))

    assert "表态 20 人，20 人同意、0 人不同意。" in tell(result)
    assert "全体" in draw(result)


def test_every_sentence_is_there_in_both_languages_with_the_same_gaps() -> None:
    gaps = {key: [set(re.findall(r"{(\w+)}", text)) for text in texts] for key, texts in TEXTS.items()}

    assert {key for key, (chinese, english) in gaps.items() if chinese != english} == set()
    assert [
        key for key, (chinese, english) in TEXTS.items() if not english.isascii() and "“" not in english
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_whole_and_says_everything_without_scripts(language: str) -> None:
    statements = [Statement(one, f"<b>{one}</b> & \x07" + "很长的一句话" * 12) for one in range(12)]
    result = result_of(Conversation.of(street(30, 20, 9, shown=1), statements))

    picture = draw(result, language)

    root = fromstring(picture)
    tags = {element.tag.split("}")[1] for element in root.iter()}
    sizes = {int(element.get("font-size", "0")) for element in root.iter() if element.tag.endswith("text")}
    assert tags <= {"svg", "title", "style", "defs", "pattern", "path", "rect", "circle", "text"}
    assert min(sizes) >= 18
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert sum(1 for element in root.iter() if element.tag.endswith("circle")) == result["k"]
    assert max(float(element.get("y", "0")) for element in root.iter()) < float(root.get("height", "0"))
    assert len(re.findall(r">5\. ", picture)) >= min(MOST_DRAWN, len(result["divisive"])) // MOST_DRAWN


@settings(deadline=None)
@given(st.text(max_size=120), st.integers(4, 40))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, ems: int) -> None:
    lines = list(wrapped(text, ems))

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) * 0.53 <= ems + 1 for line in lines)


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 10**6), st.lists(st.integers(1, 25), min_size=1, max_size=5), st.sampled_from((None, 2, 5))
)
def test_whatever_people_voted_it_can_be_told_and_drawn(seed: int, camps: list[int], k: int | None) -> None:
    result = result_of(Conversation.of(street(*camps, seed=seed)), k=k)

    for language in LANGUAGES:
        assert tell(result, language)
        fromstring(draw(result, language))
