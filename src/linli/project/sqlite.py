"""The SQLite library we run on: a wheel of our own choice instead of the system's.

Versions 3.7.0 to 3.51.2 can corrupt a WAL database when two connections write at once
(the WAL-reset bug, fixed in 3.51.3), and Debian 12 ships 3.40.1.
"""

import sys

SAFE_VERSION = (3, 51, 3)


def use_bundled_sqlite() -> None:
    """Let ``import sqlite3`` mean the bundled library, before Django opens a database."""
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
