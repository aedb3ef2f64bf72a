"""Where something is, as people write it: 小区, 楼, 单元, side and spot, compared at different depths."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from linli.engines.triage.text import tidy

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
NUMERAL = r"[零〇一二两三四五六七八九十]{1,3}"
COUNTED = re.compile(rf"({NUMERAL})(?=号楼|号院|号|栋|幢|座|单元|门(?![心儿前口])|#|楼)")
COMMUNITY = re.compile(
    r"^\D{1,7}?(?:小区|家园|公寓|花园|宿舍|胡同|新村|大院|社区|家属院|里|苑|园|巷|路|街|村|庄|城|府|坊|郡|寓)"
)
HYPHENED = re.compile(r"(?<![\d.])(\d{1,2})-(\d{1,2})(?:-\d{1,4})?(?![\d.月日号年点:])")
BUILDING = re.compile(
    r"(\d{1,3})(?:号楼|号院|栋|幢|座|号(?!线|电|晚|早|凌)|#)|(?:building|block)\s*(\d{1,3})"
)
UNIT = re.compile(r"(\d{1,2})(?:单元|门)|unit\s*(\d{1,2})")
SIDE = re.compile(r"([东西南北])(?:边|面|侧|头|口|门|站|区|院|大门|广场)")
RESIDENT_SPOT = re.compile(r"[0-9a-z\-#]+|号楼|号院|栋|幢|座|单元|号|前|后|侧|边|外|[东西南北]")


class Relation(Enum):
    """How two places lie to one another."""

    SAME = "same"
    NESTED = "nested"
    UNKNOWN = "unknown"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Place:
    community: str = ""
    building: str = ""
    unit: str = ""
    side: str = ""
    spot: str = ""


def arabic(text: str) -> str:
    """九号楼三门 -> 9号楼3门; other numerals, and 十五六号楼 for about 15, stay as they are."""
    return COUNTED.sub(lambda found: _digits(found.group(1)), text)


def _digits(numeral: str) -> str:
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return str(int("".join(str(DIGITS[character]) for character in numeral)))
    if len(tens) > 1 or len(ones) > 1 or tens == "十":
        return numeral
    return str((DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0))


@lru_cache(maxsize=4096)
def parse(place: str | None) -> Place:
    """A place as it stands in the place field of a case."""
    said = arabic(tidy(place or ""))
    community = found.group() if (found := COMMUNITY.match(said)) else ""
    rest = said[len(community) :]
    building, unit = _numbers(rest)
    spot = RESIDENT_SPOT.sub("", UNIT.sub("", rest))
    return Place(community, building, unit, _side(rest), spot)


@lru_cache(maxsize=4096)
def located(text: str, place: str | None) -> Place:
    """The place field, made deeper by what the text itself names when the two agree."""
    field, said = parse(place), arabic(text)
    building, unit = _numbers(said)
    if field.building and building != field.building:
        building, unit = field.building, ""
    return Place(
        field.community,
        field.building or ("" if field.side or field.spot else building),
        field.unit or (unit if building else ""),
        field.side or _side(said),
        field.spot,
    )


def _numbers(said: str) -> tuple[str, str]:
    if hyphened := HYPHENED.search(said):
        return hyphened.group(1), hyphened.group(2)
    building, unit = BUILDING.search(said), UNIT.search(said)
    return _number(building), _number(unit)


def _number(found: re.Match[str] | None) -> str:
    return next((group.lstrip("0") for group in found.groups() if group), "") if found else ""


def _side(said: str) -> str:
    sides = set(SIDE.findall(said))
    return sides.pop() if len(sides) == 1 else ""


def spot_words(place: str | None) -> str:
    """What kind of place it is (公厕, 底商, 地下车库入口), without whose it is."""
    return parse(place).spot


def compare(one: Place, other: Place) -> Relation:
    """Contradicting numbers are apart however alike the rest; a missing depth contradicts nothing."""
    if _communities_apart(one.community, other.community):
        return Relation.APART
    pairs = [(one.building, other.building), (one.unit, other.unit), (one.side, other.side)]
    if any(a and b and a != b for a, b in pairs) or _spots_apart(one.spot, other.spot):
        return Relation.APART
    if Place() in {one, other}:
        return Relation.UNKNOWN
    return Relation.SAME if one == other else Relation.NESTED


def _communities_apart(one: str, other: str) -> bool:
    return bool(one and other) and not (one.startswith(other) or other.startswith(one))


def _spots_apart(one: str, other: str) -> bool:
    return bool(one and other) and not set(one) & set(other)
