"""What we stand on: locked, hashed, installed as locked, and free to pass on."""

import json
import re
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from linli.project import sbom

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


# The bill of materials


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    lock = (ROOT / "requirements.lock").read_text()
    told: dict[str, Any] = json.loads(sbom.bill(lock, datetime(2026, 11, 24, tzinfo=UTC)))
    return told


def lines_of_the_lock() -> set[tuple[str, str]]:
    text = (ROOT / "requirements.lock").read_text()
    return set(re.findall(r"(?m)^(\S+)==(\S+)", text))


def test_the_bill_names_what_is_locked_and_nothing_else(bill: dict[str, Any]) -> None:
    named = [(part["name"], part["version"]) for part in bill["components"]]

    assert len(named) == len(set(named))
    assert set(named) == lines_of_the_lock()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "linli"


def test_every_part_of_the_bill_has_the_hashes_of_the_lock(bill: dict[str, Any]) -> None:
    text = (ROOT / "requirements.lock").read_text()
    told = [one for part in bill["components"] for one in part["hashes"]]

    assert [part["name"] for part in bill["components"] if not part["hashes"]] == []
    assert {one["alg"] for one in told} == {"SHA-256"}
    assert sorted(one["content"] for one in told) == sorted(re.findall("sha256:([0-9a-f]{64})", text))


def test_every_part_of_the_bill_has_a_licence_that_may_be_passed_on(bill: dict[str, Any]) -> None:
    said = {}
    for part in bill["components"]:
        (licence,) = part["licenses"]
        said[part["name"]] = (
            licence.get("expression") or licence["license"].get("id") or licence["license"]["name"]
        )

    assert {name: text for name, text in said.items() if not FREE.search(text)} == {}
    assert {name: text for name, text in said.items() if NOT_FREE_ENOUGH.search(text)} == {}


def test_the_same_lock_has_the_same_bill(bill: dict[str, Any]) -> None:
    lock = (ROOT / "requirements.lock").read_text()

    assert json.loads(sbom.bill(lock, datetime(2026, 11, 24, tzinfo=UTC))) == bill
    assert (
        json.loads(sbom.bill(lock + "\n", datetime(2026, 11, 24, tzinfo=UTC)))["serialNumber"]
        != bill["serialNumber"]
    )


def test_a_line_that_is_no_locked_package_is_refused() -> None:
    with pytest.raises(ValueError, match="not a locked package: django>=5"):
        list(sbom.locked("django>=5\n"))
    with pytest.raises(ValueError, match="not a locked package: django==5"):
        list(sbom.locked("django==5.2.19\n"))
