"""Ours and a named peer in child processes of one run: from the file to the result, in CPU seconds."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "build" / "peers" / "bin" / "python"
SHARED = Path(os.environ.get("LINLI_SHARED", ROOT.parent / "shared")) / "data"
TIMED = """
import json, sys, time
{imports}
began = time.process_time()
{work}
print(json.dumps({{"cpu": time.process_time() - began, "result": result}}))
"""


def ready() -> None:
    """Stop with one sentence where the peers or the data are not there."""
    if not PEERS.exists():
        sys.exit("The peers are not installed: make peers. / 还没有安装对照软件：make peers。")
    if not SHARED.exists():
        sys.exit("The data is not there: set LINLI_SHARED. / 没有数据：请设置 LINLI_SHARED。")


def timed(python: Path, imports: str, work: str, *, times: int = 1) -> tuple[float, object]:
    """The median of the CPU seconds of ``work`` (imports apart), and the ``result`` it left."""
    code = TIMED.format(imports=imports, work=work)
    runs = []
    for _ in range(times):
        done = subprocess.run(
            [str(python), "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
        )
        if done.returncode:
            sys.exit(f"{python}: {done.stderr[-1500:]}")
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return statistics.median(run["cpu"] for run in runs), runs[-1]["result"]


def ours(imports: str, work: str, *, times: int = 3) -> tuple[float, object]:
    return timed(Path(sys.executable), imports, work, times=times)


def theirs(imports: str, work: str, *, times: int = 1) -> tuple[float, object]:
    return timed(PEERS, imports, work, times=times)
