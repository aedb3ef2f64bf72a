"""A draw in sentences, and quotas that cannot be met in one sentence each, in Chinese or English."""

from collections.abc import Sequence
from typing import Any

from linli.engines.sortition.pool import Quota

ZH = "zh-hans"


def tell(result: dict[str, Any], language: str = ZH) -> str:
    """Who sits, who waits, and what chance everybody had; ``result`` as ``tally`` gives it."""
    zh = language == ZH
    between = "、" if zh else ", "
    panel, waiting = (
        between.join(result["panel"]),
        between.join(result["reserves"]) or ("无" if zh else "none"),
    )
    least, most = _share(result["min_probability"]), _share(max(result["probabilities"].values()))
    lines = [
        f"抽中 {len(result['panel'])} 人：{panel}" if zh else f"{len(result['panel'])} are drawn: {panel}",
        f"候补：{waiting}" if zh else f"Reserves: {waiting}",
        f"每个人抽中的机会：最低 {least}，最高 {most}。" if zh else f"Chances: from {least} to {most}.",
    ]
    if result["never"]:
        never = between.join(result["never"])
        lines.append(f"配额下不可能抽中：{never}" if zh else f"Cannot be drawn under these quotas: {never}")
    lines += [_seats(row, zh=zh) for row in result["quotas"]]
    return "\n".join([*lines, _seed(result, zh=zh)])


def _share(chance: float) -> str:
    return f"{100 * chance:.2f} %"


def _seats(row: dict[str, Any], *, zh: bool) -> str:
    seats, least, most = row["seats"], row["min"], row["max"]
    if zh:
        return f"{row['feature']}：{row['value']} {seats} 人（{least} 到 {most} 人）"
    return f"{row['feature']}: {row['value']} {seats} (from {least} to {most})"


def _seed(result: dict[str, Any], *, zh: bool) -> str:
    seed = result["seed"]
    if not seed:
        return "没有给种子文字，谁都能算出这个结果；正式抽签请用事先公布、事后才知道的文字。" if zh else (
            "No seed was given, so anybody could foresee this. For a real draw use a text that nobody knows beforehand."
        )  # fmt: skip
    return f"种子文字“{seed}”：同样的名单和文字，谁来抽都是这个结果。" if zh else (
        f"Seed “{seed}”: the same list and the same text draw the same panel, whoever repeats it."
    )  # fmt: skip


def tell_impossible(changes: Sequence[Quota], quotas: Sequence[Quota], language: str = ZH) -> str:
    """Why no panel meets the quotas, and the least that would have to change."""
    zh = language == ZH
    if not changes:
        return (
            "人数不够，凑不出这么大的名单。" if zh else "There are too few people for a panel of this size."
        )
    before = {(quota.feature, quota.value): quota for quota in quotas}
    said = [_change(before[change.feature, change.value], change, zh=zh) for change in changes]
    if zh:
        return f"配额凑不齐。改动最少的办法：{'；'.join(said)}。"
    return f"The quotas cannot be met together. The least change that helps: {'; '.join(said)}."


def _change(old: Quota, new: Quota, *, zh: bool) -> str:
    parts = []
    if new.least != old.least:
        parts.append(f"下限从 {old.least} 降到 {new.least}" if zh else f"min from {old.least} to {new.least}")
    if new.most != old.most:
        parts.append(f"上限从 {old.most} 升到 {new.most}" if zh else f"max from {old.most} to {new.most}")
    name = f"{old.feature} {old.value}"
    return f"{name} {'，'.join(parts)}" if zh else f"{name} {', '.join(parts)}"
