"""The plan of the house as functions over a source tree; each returns what breaks it."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRAMMAR = {
    "__init__", "apps", "models", "rules", "queries", "actions", "forms", "urls", "views", "api", "reactions",
    "jobs", "demo", "importing", "command", "open311", "cap", "icalendar",
}  # fmt: skip
FOLDERS = {"templates", "static", "migrations", "locale", "tests", "data", "__pycache__"}
EMPTY_WORDS = {"utils", "helpers", "services", "managers", "signals", "constants", "common", "misc"}
FLOORS = (
    "asking", "answers", "keys", "clock", "journal", "files", "places", "people", "ledger", "cases", "gatherings",
    "notices", "ballots", "inbox", "search",
)  # fmt: skip
LONGEST_FILE = 300
LONGEST_TEST = 400
LONGEST_FUNCTION = 20


def python_files(tree: Path) -> Iterator[Path]:
    return (path for path in sorted(tree.rglob("*.py")) if "migrations" not in path.parts)


def modules_of(tree: Path) -> list[Path]:
    """The folders of ``modules``; one without a card is a breach of its own."""
    folders = (tree / "modules").iterdir()
    return sorted(path for path in folders if path.is_dir() and path.name != "__pycache__")


def names_outside_the_grammar(module: Path) -> list[str]:
    """Anything a newcomer would not know where to look for."""
    found = [path for path in module.iterdir() if path.name not in FOLDERS]
    return sorted(p.name for p in found if p.stem not in GRAMMAR or (p.is_file() and p.suffix != ".py"))


def cards_without_a_sentence(tree: Path) -> list[str]:
    """Cards whose first line does not say in one sentence what the app is."""
    lines = {card: card.read_text().split("\n", 1)[0] for card in sorted(tree.rglob("apps.py"))}
    return [
        str(card.relative_to(tree))
        for card, line in lines.items()
        if not (line.startswith('"""') and line.endswith('."""'))
    ]


def modules_without_a_card(tree: Path) -> list[str]:
    return [module.name for module in modules_of(tree) if not (module / "apps.py").exists()]


def empty_words(tree: Path) -> list[str]:
    """Names that say nothing about what is inside."""
    return [str(path.relative_to(tree)) for path in python_files(tree) if path.stem in EMPTY_WORDS]


def long_files(tree: Path) -> list[str]:
    """Source beyond 300 lines, tests beyond 400: the noun is too big."""
    lengths = {path: len(path.read_text().splitlines()) for path in python_files(tree)}
    return [
        f"{path.relative_to(tree)}: {n} lines"
        for path, n in lengths.items()
        if n > (LONGEST_TEST if "tests" in path.parts else LONGEST_FILE)
    ]


def long_functions(tree: Path, excused: Iterable[str] = ()) -> list[str]:
    """``path:name`` of functions with more than twenty lines of code, without signature and docstring."""
    sizes = [
        (f"{path.relative_to(tree)}:{function.name}", lines_of_code(function, path.read_text().splitlines()))
        for path in python_files(tree)
        if "tests" not in path.parts
        for function in functions_of(path)
    ]
    return [f"{name}: {n} lines" for name, n in sizes if n > LONGEST_FUNCTION and name not in set(excused)]


def functions_of(path: Path) -> Iterator[ast.FunctionDef]:
    found = ast.walk(ast.parse(path.read_text()))
    return (node for node in found if isinstance(node, ast.FunctionDef))


def lines_of_code(function: ast.FunctionDef, source: list[str]) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    lines = source[body[0].lineno - 1 : function.end_lineno]
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def rooms_above_their_floor(tree: Path) -> list[str]:
    """Imports from a kernel room into one that stands on it."""
    return sorted(
        {
            f"{path.relative_to(tree)} imports {name}"
            for floor, room in enumerate(FLOORS)
            for path in python_files(tree / "kernel" / room)
            if "tests" not in path.parts
            for name in imports_of(path)
            if name.startswith("linli.kernel.") and floor_of(name) > floor
        }
    )


def floor_of(name: str) -> int:
    room = name.split(".")[2]
    return FLOORS.index(room) if room in FLOORS else len(FLOORS)


def rooms_without_a_floor(tree: Path) -> list[str]:
    rooms = (path.name for path in (tree / "kernel").iterdir() if path.is_dir())
    return sorted(set(rooms) - set(FLOORS) - {"__pycache__"})


def modules_that_know_each_other(tree: Path) -> list[str]:
    """Imports of one module by another, or of anything above by what stands below."""
    return [
        f"{path.relative_to(tree)} imports {name}"
        for module in modules_of(tree)
        for path in python_files(module)
        for name in imports_of(path)
        if name.startswith(("linli.modules.", "linli.project"))
        and f"linli.modules.{module.name}" not in name + "."
    ]


def engines_that_know_django(tree: Path) -> list[str]:
    return [
        f"{path.relative_to(tree)} imports {name}"
        for path in python_files(tree / "engines")
        if "tests" not in path.parts
        for name in imports_of(path)
        if name.split(".")[0] == "django"
        or (name.startswith("linli.") and not name.startswith("linli.engines"))
    ]


def folders_not_on_the_map(tree: Path, text: str) -> list[str]:
    """Folders with source in them that the map does not name."""
    folders = {path.parent for path in python_files(tree)} - {tree}
    named = set(re.findall(r"[\w-]+", text))
    return sorted(str(f.relative_to(tree)) for f in folders if f.name not in named)


def foreign_keys_between(models: Iterable[type], prefix: str = "linli.modules.") -> list[str]:
    """A relation by label leaves no import for a linter to see."""
    ours = [model for model in models if model.__module__.startswith(prefix)]
    return [
        f"{model.__name__}.{field.name}"
        for model in ours
        for field in model._meta.get_fields()  # type: ignore[attr-defined]
        if field.related_model in ours and home(field.related_model, prefix) != home(model, prefix)
    ]


def home(model: type, prefix: str) -> str:
    return model.__module__.removeprefix(prefix).split(".")[0]
