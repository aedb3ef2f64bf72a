"""What a worker of the real server weighs after 200 mixed requests, triage among them: ``python -m benchmarks.memory``.

PSS in MiB: memory shared by several processes is divided among them. More than 130 a worker is a failure.
"""

import sys
from pathlib import Path

from benchmarks import stage
from benchmarks.load import Seen, looks_of, raise_one
from benchmarks.serving import below, served

REQUESTS, MATTERS, MOST = 200, 2000, 130.0


def pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def main() -> int:
    folder = stage.start()
    try:
        scene = stage.cast()
        stage.fill(scene, to=MATTERS)
        with served() as (address, pid):
            readers, seen = looks_of(address, scene), Seen()
            for turn in range(REQUESTS):
                reader, path = readers[turn % len(readers)]
                seen.codes.append(reader.get(path)[0])
                if turn % 10 == 0:
                    raise_one(readers[0][0], seen, turn)
            weights = sorted((pss(child) for child in below(pid)), reverse=True)
        faults = sum(code >= 500 for code in seen.codes)
        print(
            f"{len(seen.codes)} requests, {faults} faults; MiB a process: {', '.join(f'{w:.0f}' for w in weights)}"
        )
        return 1 if faults or max(weights, default=MOST + 1) > MOST else 0
    finally:
        stage.clear(folder)


if __name__ == "__main__":
    sys.exit(main())
