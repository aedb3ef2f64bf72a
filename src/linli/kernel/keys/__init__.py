"""Keys of our own making: row keys, and the ring that encrypts what must stay private."""

from linli.kernel.keys.ids import new_id

__all__ = ["new_id"]
