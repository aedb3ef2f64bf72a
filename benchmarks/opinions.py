"""Maps of whole conversations against red-dwarf, and a live session: `python -m benchmarks.opinions`.

From the file to groups, representative statements and consensus. Beside the CPU seconds of the work (imports apart) stand
the wall seconds of `linli tally` with everything, starting Python included. red-dwarf has no base clusters and starts its
k-means at random (a fixed seed here) and cannot read repeated votes (the last are chosen for it), so the two need not find the same groups; what they share is compared in the tests.
"""

import os
import statistics
import subprocess
import sys
import time
from random import Random

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[threads] = "1"  # of both, in every process: CPU seconds are compared

from benchmarks.peers import ROOT, SHARED, ours, ready, theirs  # noqa: E402 -- after the number of threads
from linli.engines.opinions import Conversation, OpinionMap, Session, Vote, opinion_map  # noqa: E402 -- the same

CONVERSATIONS = ("15-per-hour-seattle", "brexit-consensus", "vtaiwan.uberx")
PEOPLE, STATEMENTS, BATCH, BATCHES = 2_000, 200, 50, 15
SEED = 20261124
OURS = """
the_map = opinion_map(read(Path({folder!r})))
found = [representative(the_map, group) for group in range(the_map.k)], consensus(the_map), divisive(the_map)
result = the_map.sizes
"""
THEIRS = """
folder = {folder!r}
with open(folder + "/comments.csv", newline="", encoding="utf-8") as file:
    out = [int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"] == "-1"]
last = {{}}
with open(folder + "/votes.csv", newline="", encoding="utf-8") as file:
    for row in sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"])):
        last[int(row["voter-id"]), int(row["comment-id"])] = int(row["vote"])
votes = [{{"participant_id": p, "statement_id": s, "vote": vote}} for (p, s), vote in last.items()]
done = run_pipeline(votes=votes, mod_out_statement_ids=out, random_state=1)
result = sorted(done.participants_df["cluster_id"].value_counts().tolist(), reverse=True)
"""


def main() -> None:
    ready()
    print(
        f"{'from file to map':<24}{'red-dwarf s':>12}{'ours s':>9}{'ratio':>8}{'tally, wall s':>15}  groups"
    )
    for name in CONVERSATIONS:
        folder = str(SHARED / "opinions" / name)
        peer = "import csv\nfrom reddwarf.implementations.polis import run_pipeline"
        slow, other = theirs(peer, THEIRS.format(folder=folder), times=3)
        own = "from pathlib import Path\nfrom linli.engines.opinions import *"
        fast, sizes = ours(own, OURS.format(folder=folder), times=5)
        wall = statistics.median(tallied(folder) for _ in range(3))
        print(
            f"{name:<24}{slow:>12.3f}{fast:>9.3f}{slow / fast:>7.0f}×{wall:>15.2f}  {sizes} (theirs {other})"
        )
    live()


def tallied(folder: str) -> float:
    """Wall seconds of the engine's command as a program of its own, the result thrown away."""
    code = (
        "import argparse, json, sys\nfrom pathlib import Path\nfrom linli.engines.opinions import tallying\n"
        "parser = argparse.ArgumentParser()\ntallying.add_options(parser)\n"
        "result = tallying.tally(Path(sys.argv[1]), parser.parse_args([]))\n"
        "json.dumps(result), tallying.tell(result, 'zh-hans'), tallying.draw(result, 'zh-hans')"
    )
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, folder], check=True, cwd=ROOT)
    return time.perf_counter() - began


def live() -> None:
    """A session of 2,000 people and 200 statements: milliseconds from a batch of votes to the new map."""
    chance = Random(SEED)
    minds = [[chance.random() for _ in range(STATEMENTS)] for _ in range(3)]
    everybody = [(p, s) for p in range(PEOPLE) for s in range(STATEMENTS) if chance.random() < 0.4]
    session = Session(Conversation.of(vote(chance, minds, *cell, at=0) for cell in everybody))
    the_map = session.map()
    spent = []
    for at in range(1, BATCHES + 1):
        cells = [(chance.randrange(PEOPLE), chance.randrange(STATEMENTS)) for _ in range(BATCH)]
        batch = [vote(chance, minds, *cell, at=at) for cell in cells]
        wall, cpu = time.perf_counter(), time.process_time()
        the_map = heard(session, batch)
        spent.append((time.perf_counter() - wall, time.process_time() - cpu))
    walls, cpus = ([1000 * one for one in column] for column in zip(*spent, strict=True))
    same = the_map.bits() == opinion_map(session.conversation).bits()
    print(
        f"\na batch of {BATCH} votes, {PEOPLE} × {STATEMENTS} (seed {SEED}): {statistics.median(walls):.0f} ms wall, "
        f"{statistics.median(cpus):.0f} ms CPU, slowest {max(walls):.0f} ms; "
        f"{'the same bits as anew' if same else 'NOT the same as anew'}; groups {the_map.sizes}"
    )


def heard(session: Session, batch: list[Vote]) -> OpinionMap:
    session.hear(batch)
    return session.map()


def vote(chance: Random, minds: list[list[float]], person: int, statement: int, *, at: int) -> Vote:
    lean = minds[person % len(minds)][statement]
    value = 0 if chance.random() < 0.15 else (1 if chance.random() < lean else -1)
    return Vote(person, statement, value, at)


if __name__ == "__main__":
    main()
