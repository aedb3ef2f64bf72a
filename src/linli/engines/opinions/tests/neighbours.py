"""The scenes of these tests: five neighbours by name, and streets of people who lean one way or another."""

from random import Random

from linli.engines.opinions import AGREE, DISAGREE, PASS, Conversation, Statement, Vote

FIVE = ("王阿姨", "刘师傅", "陈晓雨", "周爷爷", "小林")
LIFT, PARKING, LIGHTS = 1, 2, 3
STATEMENTS = (
    Statement(LIFT, "楼里应该装电梯", 1),
    Statement(PARKING, "院里停车应该收费", 1),
    Statement(LIGHTS, "楼道灯坏了要马上修", 1),
)
SAID = {
    "王阿姨": {LIFT: AGREE, PARKING: DISAGREE, LIGHTS: AGREE},
    "刘师傅": {LIFT: AGREE, PARKING: DISAGREE, LIGHTS: AGREE},
    "陈晓雨": {LIFT: DISAGREE, PARKING: AGREE, LIGHTS: AGREE},
    "周爷爷": {LIFT: DISAGREE, LIGHTS: AGREE},
    "小林": {LIFT: PASS, PARKING: AGREE, LIGHTS: AGREE},
}


def five_neighbours() -> Conversation:
    votes = [Vote(name, one, value) for name, said in SAID.items() for one, value in said.items()]
    return Conversation.of(votes, STATEMENTS)


def street(
    *camps: int, statements: int = 12, seed: int = 1, shown: float = 0.8, loyal: float = 0.85
) -> list[Vote]:
    """Camps of so many people; each camp has its own mind on each statement and mostly keeps to it."""
    chance = Random(seed)
    minds = [[chance.choice((AGREE, DISAGREE)) for _ in range(statements)] for _ in camps]
    people = [camp for camp, size in enumerate(camps) for _ in range(size)]
    return [
        Vote(
            person,
            one,
            minds[camp][one] if chance.random() < loyal else chance.choice((AGREE, PASS, DISAGREE)),
            at,
        )
        for person, camp in enumerate(people)
        for at, one in enumerate(range(statements))
        if chance.random() < shown
    ]
