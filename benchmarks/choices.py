"""Ranked ballots against pref_voting: `python -m benchmarks.choices`. CPU seconds from the file to the winners."""

from benchmarks.peers import SHARED, ours, ready, theirs

FILES = ("00001-00000001.soi", "00008-00000007.soi", "00002-00000003.soi")
OURS = "result = list(choices.irv(choices.read(Path({file!r}))).winners)"
THEIRS = "result = list(instant_runoff_for_truncated_linear_orders(preflib_to_profile({file!r})))"


def main() -> None:
    ready()
    print(f"{'instant run-off':<24}{'pref_voting s':>15}{'ours s':>10}{'ratio':>9}  winners")
    for name in FILES:
        file = str(SHARED / "ranked" / name)
        slow, wanted = theirs(
            "from pref_voting.io.readers import preflib_to_profile\n"
            "from pref_voting.iterative_methods import instant_runoff_for_truncated_linear_orders",
            THEIRS.format(file=file),
        )
        fast, found = ours(
            "from pathlib import Path\nfrom linli.engines import choices", OURS.format(file=file)
        )
        agree = "equal" if found == wanted else f"{found} against {wanted}"
        print(f"{name:<24}{slow:>15.3f}{fast:>10.4f}{slow / fast:>8.0f}×  {agree}")


if __name__ == "__main__":
    main()
