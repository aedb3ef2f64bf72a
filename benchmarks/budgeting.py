"""Budgets from file to result against pabutools in the same run: `python -m benchmarks.budgeting [FOLDER]`.

Both read the same Pabulib file and count it, each in a process of its own; CPU time of that process, once with and once
without starting Python and importing. The median of three, of one where the peer is slow. FOLDER holds the .pb files
(LINLI_SHARED/data/budgets without it). Then hard elections of our own making, from printed seeds, ours alone.
"""

import json
import os
import random
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "build" / "peers" / "bin" / "python"
SLOW = 5.0  # seconds after which one run of the peer is enough

OURS = """
import json, resource, sys
import linli.engines.budgeting as b
def cpu():
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime
from pathlib import Path
began = cpu()
completion = b.Completion.ADD1 if sys.argv[2] == "add1" else b.Completion.NONE
outcome = b.decide(b.read(Path(sys.argv[1])), b.Options(utility=b.Utility.COST, completion=completion))
print(json.dumps({"selected": outcome.selected, "work": cpu() - began, "all": cpu()}))
"""
THEIRS = """
import json, resource, sys
from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule
def cpu():
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime
began = cpu()
instance, profile = parse_pabulib(sys.argv[1])
profile = profile.as_multiprofile()
ties = TieBreakingRule(lambda i, p, project: (project.cost, -p.approval_score(project), project.name))
more = {"voter_budget_increment": 1} if sys.argv[2] == "add1" else {}
chosen = method_of_equal_shares(instance, profile, sat_class=Cost_Sat, tie_breaking=ties, **more)
print(json.dumps({"selected": [p.name for p in chosen], "work": cpu() - began, "all": cpu()}))
"""
MATCHES = [
    ("Poland_Lodz_2020", "none", 40),
    ("Poland_Swiecie_2023", "add1", 25),
    ("Netherlands_Amsterdam_285", "add1", 25),
    ("Poland_Warszawa_2024_Wesola", "add1", 25),
]


def run(python: str, program: str, *words: str) -> dict[str, Any]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    done = subprocess.run(
        [python, "-c", program, *words], capture_output=True, text=True, check=True, env=environment
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def middle(python: str, program: str, *words: str) -> dict[str, Any]:
    """The median of three runs; one is enough of a slow one."""
    runs = [run(python, program, *words)]
    if runs[0]["work"] < SLOW:
        runs += [run(python, program, *words) for _ in range(2)]
    return runs[0] | {key: statistics.median(one[key] for one in runs) for key in ("work", "all")}


def match(folder: Path, name: str, completion: str, goal: int) -> bool:
    path = str(folder / f"{name}.pb")
    ours, theirs = (
        middle(sys.executable, OURS, path, completion),
        middle(str(PEERS), THEIRS, path, completion),
    )
    ratio, whole = theirs["work"] / ours["work"], theirs["all"] / ours["all"]
    same = ours["selected"] == theirs["selected"]
    print(
        f"{name:28} {completion:5} {ours['work']:8.3f} {theirs['work']:9.3f} {ratio:7.1f}   {ours['all']:8.3f} "
        f"{theirs['all']:9.3f} {whole:7.1f}   {goal:4}   {'same' if same else 'DIFFERENT'}"
    )
    return bool(same and ratio >= goal)


def generated(seed: int, people: int, sizes: tuple[int, int], scale: int) -> str:
    """200 projects of 40 distinct costs as a Pabulib file."""
    from linli.engines.budgeting import Project, election, write

    chance = random.Random(seed)
    costs = chance.sample(range(1, 101), 40)
    projects = [Project(str(number), scale * 100 * chance.choice(costs)) for number in range(1, 201)]
    liked = [chance.paretovariate(1.2) for _ in projects]
    names = [project.id for project in projects]
    ballots = [
        sorted(set(chance.choices(names, liked, k=chance.randint(*sizes))), key=int) for _ in range(people)
    ]
    budget = sum(project.cost for project in projects) // 400 * 100
    return write(election(projects, budget, ballots))


def blocks(seed: int, people: int, scale: int) -> str:
    """25 streets that vote alike, eight projects each, every project with the same votes: ties in every round."""
    from linli.engines.budgeting import Project, election, write

    chance = random.Random(seed)
    costs = chance.sample(range(1, 101), 40)
    projects = [Project(str(number), scale * 100 * chance.choice(costs)) for number in range(1, 201)]
    streets = [[project.id for project in projects[8 * street : 8 * street + 8]] for street in range(25)]
    ballots = [streets[voter % 25] for voter in range(people)]
    return write(election(projects, sum(project.cost for project in projects) // 400 * 100, ballots))


def hard(name: str, text: str, completion: str, limit: float) -> bool:
    path = ROOT / "build" / "hard.pb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    work = run(sys.executable, OURS, str(path), completion)["work"]
    path.unlink()
    print(f"{name:58} {completion:5} {work:8.2f} s   limit {limit:3.0f} s")
    return bool(work <= limit)


def main(folder: Path) -> int:
    if not PEERS.exists():
        print("The peers are not installed: make peers")
        return 2
    if not folder.is_dir():
        print(f"{folder} is not here; say where the .pb files are.")
        return 2
    print(
        f"{'CPU seconds, file to result':34} {'ours':>8} {'pabutools':>9} {'ratio':>7}   {'with':>8} {'start':>9} {'ratio':>7}   goal"
    )
    good = [match(folder, *one) for one in MATCHES]
    print("hard elections: 200 projects, 40 distinct costs")
    good += [
        hard(f"seed {seed}: {people} voters, {low}-{high} choices, x{scale}", generated(seed, people, (low, high), scale), completion, limit)
        for seed, people, low, high, scale, completion, limit in (
            (1, 5_000, 3, 10, 1000, "add1", 60),
            (2, 5_000, 1, 2, 1000, "add1", 60),
            (3, 5_000, 1, 1, 1000, "add1", 60),
            (4, 5_000, 3, 10, 10_000, "add1", 60),
            (5, 100_000, 1, 10, 10_000, "none", 10),
            (5, 100_000, 1, 10, 10_000, "add1", 60),
        )
    ]  # fmt: skip
    good.append(
        hard("seed 6: 5000 voters in 25 streets, ties in every round", blocks(6, 5000, 1000), "add1", 60)
    )
    return 0 if all(good) else 1


if __name__ == "__main__":
    shared = Path(os.environ.get("LINLI_SHARED") or ROOT.parent / "shared")
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "data" / "budgets"))
