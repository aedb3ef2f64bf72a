"""What we stand on: locked, hashed, installed as locked, and free to pass on."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|MPL|Mozilla|LGPL|Lesser|HPND|Zlib|0BSD|CC0|Unlicense|public",
    re.IGNORECASE,
)
NOT_FREE_ENOUGH = re.compile(r"(?<!L)(?<!Lesser )(GPL|General Public|AGPL|Affero)(?!.*Lesser)", re.IGNORECASE)

SILENT = {"pysqlite3": "zlib"}  # says so in its repository and not in its metadata


def locked(name: str) -> dict[str, tuple[str, list[str]]]:
    """``{package: (version, hashes)}`` of a lock file."""
    text = (ROOT / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found = {}
    for line in lines:
        package, version = line.split(";")[0].split()[0].split("==")
        found[package.lower()] = (version, re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def needed_here() -> dict[str, str]:
    """What runs on this machine: a line may be for another system only."""
    text = (ROOT / "requirements.lock").read_text().replace("\\\n", " ")
    asked = [Requirement(line.split("--hash")[0]) for line in text.splitlines() if "==" in line]
    return {r.name: str(r.specifier)[2:] for r in asked if r.marker is None or r.marker.evaluate()}


def licence_of(package: str) -> str:
    if package in SILENT:
        return SILENT[package]
    about = metadata.metadata(package)
    classifiers = [
        c.rsplit(" :: ", 1)[-1] for c in about.get_all("Classifier", []) if c.startswith("License")
    ]
    return about.get("License-Expression") or " ".join(classifiers) or (about.get("License") or "")[:80]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_by_its_hash_and_by_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()
    assert [package for package, (_version, hashes) in locked(name).items() if not hashes] == []


def test_what_runs_is_what_is_tested() -> None:
    run, dev = (locked(name) for name in LOCKS)

    assert {package: version for package, (version, _) in run.items()} == {
        package: dev[package][0] for package in run
    }


def test_what_is_installed_is_what_is_locked() -> None:
    wrong = {
        package: (metadata.version(package), version)
        for package, version in needed_here().items()
        if metadata.version(package) != version
    }

    assert wrong == {}


def test_everything_that_runs_may_be_passed_on() -> None:
    licences = {package: licence_of(package) for package in needed_here()}

    assert {
        p: text for p, text in licences.items() if not FREE.search(text) or NOT_FREE_ENOUGH.search(text)
    } == {}


@pytest.mark.parametrize(
    "text",
    ["GPL-3.0-or-later", "GNU Affero General Public License v3", "GNU General Public License v2 (GPLv2)"],
)
def test_a_licence_that_binds_the_adopter_is_told(text: str) -> None:
    assert NOT_FREE_ENOUGH.search(text)


def test_a_lesser_licence_may_stay() -> None:
    assert not NOT_FREE_ENOUGH.search("LGPL-3.0-only")
    assert not NOT_FREE_ENOUGH.search("GNU Lesser General Public License v3 (LGPLv3)")
