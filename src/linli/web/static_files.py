"""Static files by content hash; style sheets are compiled for older phones while they are collected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lightningcss
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

OLD_PHONES = ["chrome >= 99", "ios_saf >= 15.4", "safari >= 15.4", "firefox >= 110"]


def compiled(source: str, name: str) -> str:
    """The same style sheet with nesting flattened, so that phones of 2022 understand it."""
    return str(lightningcss.process_stylesheet(source, filename=name, minify=True, browsers_list=OLD_PHONES))


class LinliStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed; a file that was not collected keeps its plain name (tests, first start)."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            self._compile(paths)
        yield from super().post_process(paths, dry_run, **options)

    def _compile(self, paths: dict[str, Any]) -> None:
        for name in paths:
            if name.endswith(".css"):
                target = Path(self.path(name))
                target.write_text(compiled(target.read_text("utf-8"), name), "utf-8")

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
