"""``linli keys``: show the ring, begin a new key, bring the rows to it, take out an old one."""

import argparse
import sys

from tqdm import tqdm

from linli.kernel.keys import ring, ringfile
from linli.kernel.keys.reencrypt import reencrypt, rows_to_renew


def main(argv: list[str]) -> int:
    """0 done, 2 could not be done."""
    parser = argparse.ArgumentParser(prog="linli keys", description=__doc__)
    parser.add_argument("what", choices=["show", "rotate", "reencrypt", "drop"], nargs="?", default="show")
    parser.add_argument("--national", action="store_true", help="SM4 and SM3 / 国密")
    asked = parser.parse_args(argv)
    try:
        return {
            "show": show,
            "rotate": lambda: rotate(national=asked.national),
            "reencrypt": renew,
            "drop": drop,
        }[asked.what]()
    except ring.KeyMissing as problem:
        print(problem, file=sys.stderr)
        return 2


def show() -> int:
    """Ids and algorithms; a key itself is never printed."""
    print(ringfile.path())
    for sort in ringfile.SORTS:
        newest = ringfile.current(sort).id
        for key in ringfile.every(sort):
            print(f"{sort:<12}{key.id}  {key.alg:<12}{'current / 在用' if key.id == newest else ''}")
    return 0


def rotate(*, national: bool) -> int:
    """A new key, and every row brought to it. Old rows stay readable at any moment."""
    ring.rotate(national=national)
    print(
        "A new key has begun. Back up ring.json now, apart from the database. / 新密钥已启用，请马上另行备份 ring.json。"
    )
    return renew()


def renew() -> int:
    """Write the rows again with the current keys; it can be stopped and run again."""
    with tqdm(total=rows_to_renew(), unit="row", disable=None) as bar:
        done = reencrypt(lambda rows: bar.update(rows - bar.n))
    print(f"{done} rows now use the current keys. / 已有 {done} 行改用新密钥。")
    return 0


def drop() -> int:
    """Take the old keys out of the ring, if no row needs them any more. Older backups do need them."""
    left = rows_to_renew()
    if left:
        print(
            f"{left} rows still need an old key: run “linli keys reencrypt” first. / 还有 {left} 行在用旧密钥，请先运行 linli keys reencrypt。"
        )
        return 2
    for sort in ringfile.SORTS:
        for key in ringfile.every(sort):
            if key.id != ringfile.current(sort).id:
                ringfile.drop(sort, key.id)
    print("Only the current keys are left. / 只留下了在用的密钥。")
    return 0
