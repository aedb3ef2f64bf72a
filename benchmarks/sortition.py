"""A panel by lot against sortition-algorithms: `python -m benchmarks.sortition`.

CPU seconds from the files to everybody's chance. Leximin of the peer needs Gurobi and is not compared.
"""

from benchmarks.peers import SHARED, ours, ready, theirs

POOLS = (
    ("sf_fixture_22", "features.csv", "candidates.csv", 22, "nationbuilder_id"),
    ("example_small_20", "categories.csv", "respondents.csv", 20, ""),
)
OURS = """
pool = read(Path({folder!r}))
found = lottery(Panels(pool, {size}), {rule!r})
result = float(min(found.chances().values()))
"""
PEER_IMPORTS = """
import csv, collections
from pathlib import Path
from sortition_algorithms import committee_generation, settings, read_in_features, read_in_people
"""
THEIRS = """
with open({quotas!r}) as f:
    rows = list(csv.reader(f))
head = ["feature", "value", "min", "max"]
features, *_ = read_in_features(head, [dict(zip(head, row)) for row in rows[1:]], number_to_select={size})
with open({people!r}) as f:
    found = list(csv.DictReader(f))
for number, row in enumerate(found, start=1):
    row.setdefault("id", row.get({id!r}) or str(number))
chosen = settings.Settings(id_column="id", columns_to_keep=[])
people, *_ = read_in_people(list(found[0]), found, features, chosen)
committees, weights, _ = committee_generation.find_distribution_{rule}(features, people, {size}, [])
chances = collections.Counter()
for committee, weight in zip(committees, weights):
    for person in committee:
        chances[person] += weight
result = min(chances.values())
"""
SYNTHETIC = """
from linli.engines.sortition.tests.pools import city
pool = city({people})
found = lottery(Panels(pool, {size}))
result = float(min(found.chances().values()))
"""
IMPORTS = (
    "from pathlib import Path\nfrom linli.engines.sortition import Panels, lottery\n"
    "from linli.engines.sortition.reading import read"
)


def main() -> None:
    ready()
    print(f"{'pool':<20}{'rule':<10}{'peer s':>10}{'ours s':>10}{'ratio':>8}  least chance, ours and theirs")
    for name, quotas, people, size, id_ in POOLS:
        folder = SHARED / "sortition" / name
        words = {"quotas": str(folder / quotas), "people": str(folder / people), "size": size, "id": id_}
        slow, wanted = theirs(PEER_IMPORTS, THEIRS.format(rule="maximin", **words))
        fast, least = ours(IMPORTS, OURS.format(folder=str(folder), size=size, rule="maximin"))
        print(
            f"{name:<20}{'maximin':<10}{slow:>10.3f}{fast:>10.3f}{slow / fast:>7.1f}×  {least:.7f} {wanted:.7f}"
        )
        fast, least = ours(IMPORTS, OURS.format(folder=str(folder), size=size, rule="leximin"), times=1)
        print(f"{name:<20}{'leximin':<10}{'':>10}{fast:>10.3f}{'':>8}  {least:.7f}")
    fast, least = ours(IMPORTS, SYNTHETIC.format(people=2000, size=200), times=1)
    print(f"{'2,000 people, 200':<20}{'maximin':<10}{'':>10}{fast:>10.3f}{'':>8}  {least:.7f}")


if __name__ == "__main__":
    main()
