"""``path__under="110107/110107002/"``: everything inside a piece of ground, by an index on either database."""

from typing import Any

from django.db.models import CharField, Lookup

AFTER_SLASH = "0"  # the character that follows "/" in ASCII: the first that no path below can begin with


@CharField.register_lookup
class Under(Lookup):
    """A path and all paths below it. ``startswith`` cannot use an index on SQLite, a range can;
    a range depends on the collation on PostgreSQL, ``LIKE`` over ``varchar_pattern_ops`` does not.
    """

    lookup_name = "under"
    prepare_rhs = False

    def get_prep_lookup(self) -> str:
        path = str(self.rhs)
        if not path.endswith("/") or not path.isascii():
            raise ValueError(f"A path ends with a slash: {path!r}")
        return path

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", (*params, str(self.rhs).replace("%", r"\%").replace("_", r"\_") + "%")

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        left, params = self.process_lhs(compiler, connection)
        return f"({left} >= %s AND {left} < %s)", (*params, self.rhs, *params, self.rhs[:-1] + AFTER_SLASH)
