"""A count in sentences, round by round or pair by pair, in Chinese or English."""

from typing import Any

ZH = "zh-hans"
RULES = {
    "plurality": ("得票最多", "most first votes"),
    "borda": ("波达计分", "Borda count"),
    "irv": ("逐轮淘汰", "instant run-off"),
    "two-round": ("两轮投票", "two rounds"),
    "condorcet": ("两两比较全胜", "beats every other"),
    "copeland": ("两两比较胜场最多", "most pairs won (Copeland)"),
    "minimax": ("最大败差最小", "smallest worst defeat (minimax)"),
    "schulze": ("舒尔茨法", "Schulze"),
}


def tell(result: dict[str, Any], language: str = ZH) -> str:
    """The winner first, then the papers, then how it came about; ``result`` as ``tally`` gives it."""
    zh = language == ZH
    lines = [_winner(result, zh=zh), _papers(result, zh=zh)]
    if "rounds" in result:
        lines += [_round(result, number, zh=zh) for number in range(len(result["rounds"]))]
    else:
        lines += _pairs(result, zh=zh)
    return "\n".join(lines)


def _winner(result: dict[str, Any], *, zh: bool) -> str:
    rule = RULES[result["rule"]][not zh]
    won = [_called(result, number, zh=zh) for number in result["winners"]]
    if not won:
        return f"{rule}：没有选出。" if zh else f"{rule}: nobody won."
    if len(won) == 1:
        return f"{rule}：{won[0]}当选。" if zh else f"{rule}: {won[0]} wins."
    joined = "、".join(won) if zh else ", ".join(won)
    return f"{rule}：{joined} 并列。" if zh else f"{rule}: {joined} are tied."


def _called(result: dict[str, Any], number: object, *, zh: bool) -> str:
    named = result["alternatives"][str(number)]
    return f"{named}（{number} 号）" if zh else f"{named} (no. {number})"


def _papers(result: dict[str, Any], *, zh: bool) -> str:
    voters, abstained, invalid = result["voters"], result["abstained"], result["invalid"]
    if zh:
        return f"有效票 {voters} 张，弃权 {abstained} 张，无效 {invalid} 张。"
    return f"{voters} valid papers, {abstained} abstentions, {invalid} invalid."


def _round(result: dict[str, Any], number: int, *, zh: bool) -> str:
    this = result["rounds"][number]
    ordered = sorted(this["totals"].items(), key=lambda item: (-item[1], int(item[0])))
    votes = [f"{result['alternatives'][n]} {_plain(total)}" for n, total in ordered]
    out = [result["alternatives"][str(n)] for n in this["out"]]
    if zh:
        gone = f"；{'、'.join(out)} 最少，退出" if out else ""
        idle = f"；不再计入 {_plain(this['exhausted'])}" if this["exhausted"] else ""
        return f"第 {number + 1} 轮：{'，'.join(votes)}{idle}{gone}。"
    gone = f"; fewest: {', '.join(out)}, out" if out else ""
    idle = f"; no longer counted {_plain(this['exhausted'])}" if this["exhausted"] else ""
    return f"Round {number + 1}: {', '.join(votes)}{idle}{gone}."


def _pairs(result: dict[str, Any], *, zh: bool) -> list[str]:
    lines = []
    if result.get("scores"):
        ordered = sorted(result["scores"].items(), key=lambda item: (-item[1], int(item[0])))
        said = [f"{result['alternatives'][n]} {_plain(score)}" for n, score in ordered]
        lines.append(
            ("得分：" if zh else "Scores: ") + ("，" if zh else ", ").join(said) + ("。" if zh else ".")
        )
    numbers = list(result["alternatives"])
    for winner in result["winners"][:1]:
        row = numbers.index(str(winner))
        for column, other in enumerate(numbers):
            if column != row:
                lines.append(_pair(result, (row, column), (str(winner), other), zh=zh))
    return lines


def _pair(result: dict[str, Any], at: tuple[int, int], who: tuple[str, str], *, zh: bool) -> str:
    ahead, behind = result["matrix"][at[0]][at[1]], result["matrix"][at[1]][at[0]]
    first, second = (result["alternatives"][n] for n in who)
    if zh:
        return f"{first} 对 {second}：{ahead} 比 {behind}。"
    return f"{first} against {second}: {ahead} to {behind}."


def _plain(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".") if isinstance(number, float) else f"{number}"
