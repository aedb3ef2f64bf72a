"""Small budgets of one courtyard that tests and the guide count by hand."""

from linli.engines.budgeting import Election, Project, election

PEOPLE = ["王阿姨", "陈晓雨", "刘师傅", "周爷爷", "赵明"]


def courtyard() -> Election:
    """Five neighbours share 1,000 元, 200 each. Three like the lamp and the bench, two the ramp, four the dear pavilion."""
    projects = [
        Project("lamp", 300_00, "路灯"),
        Project("bench", 240_00, "长椅"),
        Project("ramp", 360_00, "坡道"),
        Project("pavilion", 850_00, "凉亭"),
    ]
    ballots = [
        ["lamp", "bench", "pavilion"],
        ["lamp", "bench", "pavilion"],
        ["lamp", "bench", "pavilion"],
        ["ramp", "pavilion"],
        ["ramp"],
    ]
    return election(projects, 1000_00, ballots, voters=PEOPLE)
