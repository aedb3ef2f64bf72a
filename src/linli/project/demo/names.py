"""Invented names: ordinary surnames and given names, put together by a seeded hand."""

import random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = [
    "建国",
    "秀英",
    "淑珍",
    "桂兰",
    "玉兰",
    "志强",
    "桂英",
    "秀兰",
    "建军",
    "淑华",
    "玉珍",
    "凤英",
    "国强",
    "丽华",
    "建华",
    "红梅",
    "志明",
    "春梅",
    "海燕",
    "晓东",
    "文静",
    "雪梅",
    "永强",
    "丽娟",
    "振华",
    "玉梅",
    "国庆",
    "小红",
    "立新",
    "卫东",
    "晓燕",
    "德福",
    "宝珍",
    "长福",
    "素芬",
    "守义",
    "静怡",
    "子涵",
    "欣怡",
    "梓轩",
    "浩然",
    "思远",
    "雨桐",
    "俊杰",
    "明辉",
    "佳琪",
    "一诺",
    "天宇",
    "晨曦",
    "慧敏",
    "春生",
    "福生",
    "庆祥",
    "兆丰",
    "世英",
    "月娥",
    "金凤",
    "银花",
    "铁柱",
    "满仓",
]


def full_name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def called(name: str, age: int, rng: random.Random) -> str:
    """How neighbours call somebody of that age."""
    if age >= 72:
        return name[0] + rng.choice(("爷爷", "奶奶"))
    if age >= 55:
        return name[0] + rng.choice(("阿姨", "大爷", "叔叔"))
    return name[0] + rng.choice(("先生", "女士"))


def phone(number: int) -> str:
    """A number nobody has: mobile numbers never begin with 100."""
    return f"100{number:08d}"
