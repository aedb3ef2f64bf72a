"""The keyring: what encrypts private text and what finds it again without opening it.

The keys lie in one file outside the database (``settings.LINLI_KEYS/ring.json``) and are backed up apart
from it. Every ciphertext and every blind index names its algorithm and its key, so that a new key, or a
national algorithm (SM4, SM3), begins on a day of its own and old rows stay readable.
"""

import base64
import secrets
from binascii import Error as NotBase64

from cryptography.exceptions import InvalidTag

from linli.kernel.keys import ciphers, ringfile
from linli.kernel.keys.ringfile import Key

VERSION = "v1"
NONCE_BYTES = 12


class KeyMissing(Exception):
    """The row was written with a key that this keyring does not hold."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"The key “{key_id}” is not in {ringfile.path()}. The database was restored without its keys: put the "
            f"ring.json that was backed up with it into that folder and start again. Nothing was changed. / "
            f"{ringfile.path()} 里没有密钥“{key_id}”。数据库恢复了，密钥没有一起恢复："
            f"请把当时另外备份的 ring.json 放回这个文件夹再启动。数据没有改动。"
        )
        self.key_id = key_id


class Tampered(Exception):
    """The ciphertext was changed, or moved from the row it was written for."""


def encrypt(text: str, context: str) -> str:
    """``v1:<algorithm>:<key id>:<base64>``; it opens again only with the same ``context``."""
    key = ringfile.current("encryption")
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + ciphers.SEAL[key.alg](key.secret, nonce, text.encode(), context.encode())
    return f"{VERSION}:{key.alg}:{key.id}:{base64.b64encode(sealed).decode()}"


def decrypt(ciphertext: str, context: str) -> str:
    alg, key_id, sealed = _parts(ciphertext)
    key = _held("encryption", key_id)
    if key.alg != alg:
        raise Tampered("The ciphertext names another algorithm than its key.")
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return ciphers.OPEN[alg](key.secret, nonce, rest, context.encode()).decode()
    except InvalidTag as problem:
        raise Tampered("The ciphertext was changed or belongs to another row.") from problem


def blind(text: str, purpose: str) -> str:
    """``<algorithm>:<key id>:<hex>``: equal texts of one purpose are equal, and nothing else can be read."""
    return _blind_with(ringfile.current("blind"), text, purpose)


def blinds(text: str, purpose: str) -> list[str]:
    """The text under every key of the ring, newest first: what a search compares with during a rotation."""
    newest = ringfile.current("blind")
    keys = [newest, *(key for key in ringfile.every("blind") if key.id != newest.id)]
    return [_blind_with(key, text, purpose) for key in keys]


def rotate(*, national: bool = False) -> tuple[str, str]:
    """Begin a new key of each sort (``national``: SM4 and SM3) and return their ids; old rows stay readable."""
    chosen = ciphers.NATIONAL if national else ciphers.DEFAULT
    return ringfile.begin("encryption", chosen["encryption"]), ringfile.begin("blind", chosen["blind"])


def key_id_of(stored: str) -> str:
    """The key a ciphertext or blind index was made with."""
    return stored.split(":")[-2]


def is_current(stored: str, sort: str) -> bool:
    return key_id_of(stored) == ringfile.current(sort).id


def holds(stored: str, sort: str) -> bool:
    """Whether the ring has the key of this row at all."""
    return any(key.id == key_id_of(stored) for key in ringfile.every(sort))


def _parts(ciphertext: str) -> tuple[str, str, bytes]:
    version, _, rest = ciphertext.partition(":")
    pieces = rest.split(":")
    if version != VERSION or len(pieces) != len(("alg", "key", "sealed")):
        raise Tampered("This is not a ciphertext of this keyring.")
    return pieces[0], pieces[1], _bytes(pieces[2])


def _bytes(text: str) -> bytes:
    """Exactly one spelling opens: the unused bits of a last letter are not free to change."""
    try:
        sealed = base64.b64decode(text, validate=True)
    except NotBase64 as problem:
        raise Tampered("The ciphertext was changed.") from problem
    if base64.b64encode(sealed).decode() != text:
        raise Tampered("The ciphertext was changed.")
    return sealed


def _held(sort: str, key_id: str) -> Key:
    for key in ringfile.every(sort):
        if key.id == key_id:
            return key
    raise KeyMissing(key_id)


def _blind_with(key: Key, text: str, purpose: str) -> str:
    return f"{key.alg}:{key.id}:{ciphers.MAC[key.alg](key.secret, purpose, text)}"
