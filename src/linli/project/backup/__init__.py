"""Backup, restore, and the drill that proves them: a backup is good only once it was restored and checked.

A backup is a folder: ``manifest.json``, the database, the uploaded files and the published heads. The keys
are not in it: whoever holds a backup alone reads no phone number.
"""

from linli.project.backup.command import main_backup, main_restore, main_verify

__all__ = ["main_backup", "main_restore", "main_verify"]
