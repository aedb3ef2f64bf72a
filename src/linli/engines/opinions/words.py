"""The result of a conversation in words, for people: whole sentences, one thing at a time."""

from collections.abc import Iterator
from typing import Any

ZH = "zh-hans"
NAMES = {ZH: "甲乙丙丁戊", "en": "ABCDE"}
TEXTS: dict[str, tuple[str, str]] = {
    "title": ("意见地图", "A map of opinions"),
    "title_of": ("意见地图：{topic}", "A map of opinions: {topic}"),
    "voted": (
        "{participants} 人参加，对 {statements} 条意见表了态，一共 {votes} 次。",
        "Participants: {participants}. Statements: {statements}. Votes: {votes}.",
    ),
    "left_out": (
        "其中 {out} 条没有通过审核或者只是问个人情况，不算进地图，算 {on_map} 条。",
        "Statements left out, because moderated out or only about the person: {out}. On the map: {on_map}.",
    ),
    "grouped": (
        "表态满 {votes_needed} 条的有 {grouped} 人，按想法远近分成 {k} 组。",
        "Who voted on at least {votes_needed} statements: {grouped}. By how alike they think they form {k} groups.",
    ),
    "one_group": (
        "表态满 {votes_needed} 条的有 {grouped} 人，分不出每组至少 5 人的组，所以不分组。",
        (
            "Who voted on at least {votes_needed} statements: {grouped}. They do not fall into groups of at least 5 people, "
            "so all are taken together."
        ),
    ),
    "asked": (
        "您要求分成 {asked_k} 组，那样会有不满 5 人的组；为了不让人认出是谁，只分到 {k} 组。",
        (
            "You asked for {asked_k} groups, but one would have fewer than 5 people. So that nobody can be recognised, "
            "there are {k}."
        ),
    ),
    "too_few": (
        "人数不到 5 人，为了不让人认出是谁，各组的情况不公布。",
        "There are fewer than 5 people. So that nobody can be recognised, nothing more is shown.",
    ),
    "consensus": ("大家想到一起的（各组都有过半数的人）", "What unites everybody (a majority of every group)"),
    "no_consensus": (
        "没有哪一条让各组都有过半数的人同意，或者都有过半数的人不同意。",
        "There is no statement with which a majority of every group agrees, or disagrees.",
    ),
    "divisive": ("分歧最大的", "What divides most"),
    "no_divisive": ("各组之间没有明显的分歧。", "The groups do not clearly differ on anything."),
    "group": ("{name}组，{size} 人", "Group {name}, {size} people"),
    "group_leads": ("和别人最不一样的看法：", "What sets them apart:"),
    "no_leads": ("没有哪条看法特别突出。", "Nothing sets them clearly apart."),
    "weak": ("（差别不大，仅供参考）", " (the difference is small)"),
    "agree": ("同意", "Agree"),
    "disagree": ("不同意", "Disagree"),
    "statement": ("第 {id} 条意见", "Statement {id}"),
    "item": ("“{text}”", "“{text}”"),
    "of_group": ("{name}组表态 {seen} 人，{agree} 人同意、{disagree} 人不同意",
                 "group {name}: {agree} of {seen} agree, {disagree} disagree"),
    "of_few": ("{name}组表态的不满 5 人，不公布", "group {name}: fewer than 5 voted, not shown"),
    "of_own": ("本组 {seen} 人表态，{votes} 人{side}（{percent}%）",
               "in this group {votes} of {seen} {side} ({percent}%)"),
    "of_others": ("其他人 {seen} 人里 {votes} 人{side}（{percent}%）", "of the others {votes} of {seen} {side} ({percent}%)"),
    "side_agree": ("同意", "agree"),
    "side_disagree": ("不同意", "disagree"),
    "of_everybody": ("表态 {seen} 人，{agree} 人同意、{disagree} 人不同意", "{agree} of {seen} agree, {disagree} disagree"),
    "group_name": ("{name}组", "Group {name}"),
    "everybody": ("全体", "Everybody"),
    "others": ("其他人", "Others"),
    "pass": ("略过", "Pass"),
    "few": ("表态的不满 5 人，不公布", "fewer than 5 voted, not shown"),
    "bar_agree": ("{seen} 人里 {agree} 人同意", "{agree} of {seen} agree"),
    "bar_disagree": ("{seen} 人里 {disagree} 人不同意", "{disagree} of {seen} disagree"),
    "joint": ("；", "; "),
    "end": ("。", "."),
    "note": (
        "怎么算的：每人每条只算最后一次表态；“略过”不算同意。同样的表态，谁来算、先后怎么排，结果都一样。",
        (
            "How it is counted: of each person the last vote on a statement counts; passing is not agreeing. Whoever "
            "counts the same votes, in whatever order, gets the same result."
        ),
    ),
    "near": ("圆越大人越多；离得越近，想法越像。", "The larger the circle, the more people; the nearer, the more alike they think."),
}  # fmt: skip


def say(key: str, language: str, **values: object) -> str:
    """One sentence in one of the two languages."""
    return TEXTS[key][0 if language == ZH else 1].format(**values)


def name_of(group: int, language: str) -> str:
    return NAMES[ZH if language == ZH else "en"][group]


def title(result: dict[str, Any], language: str) -> str:
    return say("title_of" if result["topic"] else "title", language, topic=result["topic"])


def words_of(item: dict[str, Any], language: str) -> str:
    """A statement on one line, or its number when its words are not known."""
    text = " ".join(item["text"].split())
    return say("item", language, text=text) if text else say("statement", language, id=item["id"])


def tell(result: dict[str, Any], language: str = ZH) -> str:
    """The whole result, in plain lines."""
    lines = [title(result, language), "", *opening(result, language)]
    if not result["groups"]:
        return "\n".join([*lines, say("too_few", language)])
    lines += ["", *_section(result, "consensus", language)]
    if result["k"] > 1:
        lines += ["", *_section(result, "divisive", language)]
        for number, group in enumerate(result["groups"]):
            lines += ["", *_group(number, group, language)]
    return "\n".join([*lines, "", say("note", language)])


def opening(result: dict[str, Any], language: str) -> list[str]:
    """Who voted on what, and how many groups there are."""
    lines = [say("voted", language, **result)]
    out = result["statements"] - result["on_map"]
    if out:
        lines.append(say("left_out", language, out=out, on_map=result["on_map"]))
    lines.append(say("grouped" if result["k"] > 1 else "one_group", language, **result))
    if result["asked_k"] and result["asked_k"] != result["k"]:
        lines.append(say("asked", language, **result))
    return lines


def _section(result: dict[str, Any], kind: str, language: str) -> Iterator[str]:
    yield say(kind, language)
    if not result[kind]:
        yield "  " + say(f"no_{kind}", language)
    for number, item in enumerate(result[kind], 1):
        yield f"  {number}. {with_side(item, language)}"
        yield f"     {_of_groups(item, language)}"


def with_side(item: dict[str, Any], language: str) -> str:
    """A statement after the side that was taken on it, when one was."""
    if "side" not in item:
        return words_of(item, language)
    colon = "：" if language == ZH else ": "
    return say(item["side"], language) + colon + words_of(item, language)


def _of_groups(item: dict[str, Any], language: str) -> str:
    kind = "of_everybody" if len(item["groups"]) == 1 else "of_group"
    parts = [
        say(kind if count else "of_few", language, name=name_of(group, language), **(count or {}))
        for group, count in enumerate(item["groups"])
    ]
    return _sentence(parts, language)


def _sentence(parts: list[str], language: str) -> str:
    text = say("joint", language).join(parts) + say("end", language)
    return text[0].upper() + text[1:]


def _group(number: int, group: dict[str, Any], language: str) -> Iterator[str]:
    yield say("group", language, name=name_of(number, language), size=group["size"])
    yield "  " + say("group_leads" if group["representative"] else "no_leads", language)
    for place, item in enumerate(group["representative"], 1):
        yield f"  {place}. {with_side(item, language)}{'' if item['significant'] else say('weak', language)}"
        parts = [say("of_own", language, **_share(item["group"], item["side"], language))]
        if item["others"]:
            parts.append(say("of_others", language, **_share(item["others"], item["side"], language)))
        yield f"     {_sentence(parts, language)}"


def _share(count: dict[str, int], side: str, language: str) -> dict[str, object]:
    votes, seen = count[side], count["seen"]
    percent = (200 * votes + seen) // (2 * seen)
    return {"votes": votes, "seen": seen, "percent": percent, "side": say(f"side_{side}", language)}
