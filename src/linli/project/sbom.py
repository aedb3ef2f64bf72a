"""The bill of materials: every package that may run, in CycloneDX; ``make sbom`` writes it into ``build``.

It is read from the lock, so that it is the same on every machine and names what other systems need too; only the
licences come from the packages themselves.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent.parent
LOCK = ROOT / "requirements.lock"
LINE = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)(?:\s*;\s*(?P<marker>.*?))?\s+--hash=")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
UNSAID = {"pysqlite3": "Zlib", "colorama": "BSD-3-Clause"}  # silent in its metadata; only for Windows
SPDX = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of the lock; ``marker`` says on which systems it is needed."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def locked(lock: str) -> Iterator[Locked]:
    """Every package of a lock, in its order; a name may come twice, for different systems."""
    for line in lock.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = LINE.match(line)
        if found is None:
            raise ValueError(f"not a locked package: {line[:80]}")
        yield Locked(found["name"], found["version"], found["marker"] or "", tuple(HASH.findall(line)))


def licence_of(name: str) -> str:
    """What a package says of itself: an SPDX expression, else its classifiers, else the words of its author."""
    if name in UNSAID:
        return UNSAID[name]
    about = metadata.metadata(name).json
    if "license_expression" in about:
        return str(about["license_expression"])
    said = [c.rsplit(" :: ", 1)[-1] for c in about.get("classifier", []) if c.startswith("License")]
    return " AND ".join(SPDX.get(text, text) for text in said) or str(about.get("license", ""))[:80]


def asked_for() -> set[str]:
    """What the house itself names; the rest comes along."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}


def component(package: Locked) -> Component:
    marker = [Property(name="linli:marker", value=package.marker)] if package.marker else []
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        bom_ref=f"{package.name}@{package.version}",
        purl=PackageURL("pypi", None, package.name, package.version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in package.hashes],
        licenses=[LicenseFactory().make_from_string(licence_of(package.name))],
        properties=marker,
    )


def bill(lock: str, moment: datetime) -> str:
    """The bill of a lock as JSON; its serial number is the lock's own, so the same lock has the same number."""
    house = Component(
        type=ComponentType.APPLICATION, name="linli", version=metadata.version("linli"), bom_ref="linli",
        licenses=[LicenseFactory().make_from_string("Apache-2.0")],
    )  # fmt: skip
    parts = [component(package) for package in locked(lock)]
    about = BomMetaData(component=house, timestamp=moment)
    bom = Bom(components=parts, serial_number=uuid5(NAMESPACE_URL, lock), metadata=about)
    asked = asked_for()
    bom.register_dependency(house, [part for part in parts if part.name in asked])
    return str(JsonV1Dot6(bom).output_as_string(indent=1))


def main(argv: Sequence[str]) -> int:
    target = Path(argv[0]) if argv else ROOT / "build" / "sbom.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bill(LOCK.read_text(encoding="utf-8"), datetime.now(UTC)), encoding="utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
