"""The product's words: collected from source and templates, and compiled for Django.

Needs no gettext: extraction and compiling are Babel's, template tags are read by Django's own reader.
"""

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = "zh_Hans"
CATALOGUE = Path("locale") / LOCALE / "LC_MESSAGES" / "django.po"
HOME_OF_THE_REST = PACKAGE / "project"
NOISE = (
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Report-Msgid',
)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def app_folders() -> list[Path]:
    """Every folder with a card of its own; the innermost owns a file."""
    return sorted(path.parent for path in PACKAGE.rglob("apps.py"))


def home_of(file: Path, apps: Sequence[Path]) -> Path:
    """The app whose catalogue holds the words of a file; what is no app speaks through the project."""
    homes = [folder for folder in apps if folder in file.parents]
    return max(homes, key=lambda folder: len(folder.parts), default=HOME_OF_THE_REST)


def sources() -> Iterator[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        for file in sorted(PACKAGE.rglob(pattern)):
            if not {"tests", "migrations", "data"} & set(file.relative_to(PACKAGE).parts):
                yield file


def words_of(file: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """(line, message or forms, context) of one file."""
    source = file.read_text()
    if file.suffix != ".py":
        source = template_as_python(source, str(file))
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for line, message, _comments, context in found:
        yield line, message, context


def template_as_python(source: str, origin: str) -> str:
    """Django blanks out everything but the words; brackets keep Python from minding the indentation."""
    from django.utils.translation.template import templatize

    return f"({templatize(source, origin=origin)}\n)"


def collected() -> dict[Path, Catalog]:
    """A fresh catalogue for each app, in the order of the source."""
    apps = app_folders()
    catalogues: dict[Path, Catalog] = {}
    for file in sources():
        home = home_of(file, apps)
        for line, message, context in words_of(file):
            catalogue = catalogues.setdefault(home, new_catalogue())
            place = (file.relative_to(home if home in file.parents else PACKAGE).as_posix(), line)
            catalogue.add(message, locations=[place], context=context)
    return catalogues


def new_catalogue() -> Catalog:
    return Catalog(
        locale=LOCALE, project="Linli", fuzzy=False, header_comment="# The words of one app. · 译文"
    )


def known(app: Path) -> Catalog:
    file = app / CATALOGUE
    if not file.exists():
        return new_catalogue()
    with file.open("rb") as stream:
        return read_po(stream, locale=LOCALE)


def is_translated(message: Message | None) -> bool:
    """Every form has words of its own, and nobody guessed them."""
    if message is None or message.fuzzy:
        return False
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(forms)


def untranslated() -> list[str]:
    """``app: message`` for everything a reader of Chinese would meet in English."""
    return [
        f"{app.relative_to(PACKAGE)}: {key_of(message)!r}"
        for app, fresh in collected().items()
        for catalogue in [known(app)]
        for message in fresh
        if message.id and not is_translated(catalogue.get(key_of(message), message.context))
    ]


def fuzzy() -> list[str]:
    return [
        f"{app.relative_to(PACKAGE)}: {key_of(m)!r}"
        for app in app_folders()
        for m in known(app)
        if m.id and m.fuzzy
    ]


def two_ways() -> list[str]:
    """One English sentence with two Chinese ones: Django would show the same one in both places."""
    said: dict[tuple[str, str | None], dict[str, str]] = {}
    for app in app_folders():
        for message in known(app):
            if message.id and is_translated(message):
                forms = said.setdefault((key_of(message), message.context), {})
                forms.setdefault(str(message.string), app.name)
    return [
        f"{key[0]!r}: " + " / ".join(f"{w} ({a})" for w, a in forms.items())
        for key, forms in said.items()
        if len(forms) > 1
    ]


def key_of(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else message.id


def collect() -> None:
    """Write every app's catalogue anew: what is translated stays, what is gone goes, what is new is empty."""
    for app, fresh in collected().items():
        catalogue = known(app)
        catalogue.update(fresh, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        file = app / CATALOGUE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_text(catalogue))


def as_text(catalogue: Catalog) -> bytes:
    """The catalogue without dates and addresses, which would change it whenever somebody looks."""
    text = io.BytesIO()
    write_po(text, catalogue, width=110, include_lineno=False)
    return b"".join(line for line in text.getvalue().splitlines(True) if not line.startswith(NOISE))


def compile_changed() -> int:
    """Compile every catalogue that is newer than its compiled form; say how many."""
    count = 0
    for source in sorted(PACKAGE.rglob("locale/*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=source.parent.parent.name)
        part = compiled.with_suffix(".mo.part")
        with part.open("wb") as stream:
            write_mo(stream, catalogue)
        part.replace(compiled)
        count += 1
    return count


def faults() -> list[str]:
    """Everything that would let a reader meet a word in the wrong language, or the same word twice."""
    found = {
        "untranslated / 未译": untranslated(),
        "fuzzy / 待定": fuzzy(),
        "said in two ways / 译法不一": two_ways(),
    }
    return [f"{what}  {message}" for what, messages in found.items() for message in messages]


def main(argv: Sequence[str]) -> int:
    """``collect`` writes the catalogues anew; ``check`` only looks; both compile."""
    if "collect" in argv:
        collect()
    compile_changed()
    found = faults() if argv else []
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
