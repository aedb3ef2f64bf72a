"""An outcome in whole sentences for the people it concerns, in Chinese or English."""

from fractions import Fraction

from linli.engines.numerals import chinese_number
from linli.engines.thresholds.judging import Check, Outcome
from linli.engines.thresholds.shares import Compare

ZH, EN = "zh-hans", "en"
UNITS = {
    "residents": ("人", "resident", "residents"),
    "electors": ("人", "elector", "electors"),
    "voters": ("人", "person", "persons"),
    "representatives": ("人", "representative", "representatives"),
    "members": ("人", "member", "members"),
    "owner_members": ("人", "owner member", "owner members"),
    "households": ("户", "household", "households"),
    "heads": ("户", "owner", "owners"),
    "papers": ("票", "paper", "papers"),
    "developer": ("家", "developer", "developers"),
    "area": ("平方米", "m²", "m²"),
}
COUNTS = {
    "all": ("全体", "all"),
    "proposing": ("提议", "proposing"),
    "present": ("到会", "present"),
    "voting": ("参加投票", "voting"),
    "participating": ("参与表决", "taking part"),
    "for": ("同意", "in favour"),
    "cast": ("已投", "cast"),
    "delivered": ("已交付", "delivered"),
    "affected": ("有利害关系", "affected"),
    "owners": ("业主", "owners"),
    "representatives": ("居民代表", "representatives"),
    "serving": ("在任", "serving"),
    "proxies": ("接受委托", "proxies held"),
}


def tell(outcome: Outcome, language: str = ZH) -> str:
    """The name of the rule, passed or not, then a sentence for each comparison, then the article."""
    zh = language == ZH
    name = outcome.rule.name["zh" if zh else "en"]
    verdict = ("达到", "没有达到") if zh else ("reached", "not reached")
    head = f"{name}{'：' if zh else ': '}{verdict[not outcome.passed]}{'。' if zh else '.'}"
    lines = [tell_check(check, language) for check in outcome.checks]
    return "\n".join([head, *lines, article(outcome, language)]).rstrip()


def article(outcome: Outcome, language: str = ZH) -> str:
    """《…》第…条; for a rule that was only seen, the honest word that it is not the law's own text."""
    rule = outcome.rule
    if language == ZH:
        number = f"第{chinese_number(rule.article)}条" if rule.article else ""
        return (
            f"《{rule.law['zh']}》{number}" if rule.mark == "L" else f"依据：{rule.law['zh']}（未核对原文）"
        )
    number = f", Article {rule.article}" if rule.article else ""
    seen = "" if rule.mark == "L" else " (original text not checked)"
    return f"{rule.law['en']}{number}{seen}"


def tell_check(check: Check, language: str = ZH) -> str:
    """「参与表决 703 户，全体 1291 户，要三分之二以上（至少 861 户），还差 158 户。」"""
    return _zh(check) if language == ZH else _en(check)


def _zh(check: Check) -> str:
    test, unit = check.test, UNITS[check.test.axis][0]
    parts = [f"{COUNTS[test.count][0]} {quantity(check.have, test.axis, ZH)}"]
    if test.compare is Compare.ODD:
        return f"{parts[0]}，要单数{'，符合' if check.holds else '，现在是双数'}。"
    if check.base is not None and test.share is not None:
        parts.append(f"{COUNTS[test.of][0]} {quantity(check.base, test.axis, ZH)}")
        asked = f"{share_zh(test.share, test.compare)}（至少 {quantity(check.asked, test.axis, ZH)}）"
    else:
        most = test.compare is Compare.AT_MOST
        asked = f"{'最多' if most else '至少'} {quantity(check.asked, test.axis, ZH)}"
    parts.append(f"要{asked}")
    return "，".join([*parts, _edge_zh(check, unit)]) + "。"


def _edge_zh(check: Check, unit: str) -> str:
    if check.test.compare is Compare.AT_MOST:
        return "符合" if check.holds else f"多了 {check.short} {unit}"
    if check.holds:
        return "刚好达到" if not check.spare else f"超出 {quantity(check.spare, check.test.axis, ZH)}"
    return f"还差 {quantity(check.short, check.test.axis, ZH)}"


def _en(check: Check) -> str:
    test = check.test
    have = f"{quantity(check.have, test.axis, EN)} {COUNTS[test.count][1]}"
    if test.compare is Compare.ODD:
        return f"{have}; the number must be odd{'' if check.holds else ', and it is even'}."
    if check.base is not None and test.share is not None:
        base = f" of {quantity(check.base, test.axis, EN)} {COUNTS[test.of][1]}"
        asked = f"{share_en(test.share, test.compare)} needed, {quantity(check.asked, test.axis, EN)}"
        return f"{have}{base}; {asked}: {_edge_en(check)}."
    most = test.compare is Compare.AT_MOST
    return f"{have}; {'at most' if most else 'at least'} {check.asked}: {_edge_en(check)}."


def _edge_en(check: Check) -> str:
    if check.test.compare is Compare.AT_MOST:
        return "kept" if check.holds else f"{check.short} too many"
    if check.holds:
        return "just reached" if not check.spare else f"{quantity(check.spare, check.test.axis, EN)} to spare"
    return f"{quantity(check.short, check.test.axis, EN)} short"


def quantity(count: int, axis: str, language: str = ZH) -> str:
    """A count with its unit; an area of 123456 hundredths is 1,234.56 m²."""
    zh, one, many = UNITS[axis]
    number = f"{count // 100:,}.{count % 100:02d}" if axis == "area" else f"{count:,}"
    if language == ZH:
        return f"{number.replace(',', '')} {zh}"
    return f"{number} {one if count == 1 else many}"


def share_zh(share: Fraction, compare: Compare) -> str:
    if share == 1:
        return "全部"
    said = f"{chinese_number(share.denominator)}分之{chinese_number(share.numerator)}"
    if compare is Compare.AT_LEAST:
        return f"{said}以上"
    return "过半数" if share == Fraction(1, 2) else f"超过{said}"


def share_en(share: Fraction, compare: Compare) -> str:
    if share == 1:
        return "all"
    more = "at least" if compare is Compare.AT_LEAST else "more than"
    return f"{more} {share.numerator}/{share.denominator}"
