"""One file in, one made anew out: ``python -m linli.kernel.files.bench KINDS SOURCE TARGET SMALL``."""

import errno
import json
import resource
import sys
from pathlib import Path

from linli.kernel.files.bench import Unfit

MEMORY = 1_200_000_000
CPU_SECONDS = 25
FILE_SIZE = 64_000_000
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def confine() -> None:
    """Take memory, time and file size away before a single byte of the stranger's file is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(kinds: list[str], source: Path, target: Path, small: Path) -> dict[str, object]:
    from linli.kernel.files.bench import papers, photos, signatures, sounds

    kind, form = signatures.of(source)
    if kind not in kinds:
        raise Unfit("not_allowed")
    if kind == "photo":
        return {"kind": kind, **photos.remake(source, target, small)}
    if kind == "pdf":
        return {"kind": kind, **papers.remake(source, target)}
    return {"kind": kind, **sounds.remake(form, source, target)}


def outcome(arguments: list[str]) -> dict[str, object]:
    kinds, *paths = arguments
    try:
        return work(kinds.split(","), *(Path(path) for path in paths))
    except Unfit as unfit:
        return {"refused": str(unfit)}
    except MemoryError:
        return {"refused": "too_heavy"}
    except OSError as problem:
        if problem.errno in NO_ROOM:
            return {"refused": "full"}
        raise


if __name__ == "__main__":
    confine()
    sys.stdout.write(json.dumps(outcome(sys.argv[1:])))
