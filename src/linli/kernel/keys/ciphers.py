"""The algorithms a key may name. A new one is a line in these tables, never a change to stored rows."""

from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TAG_BYTES = 16
DEFAULT = {"encryption": "aes256gcm", "blind": "hmacsha256"}
NATIONAL = {"encryption": "sm4gcm", "blind": "hmacsm3"}
KEY_BYTES = {"aes256gcm": 32, "sm4gcm": 16, "hmacsha256": 32, "hmacsm3": 32}

Crypt = Callable[[bytes, bytes, bytes, bytes], bytes]


def _aes_seal(key: bytes, nonce: bytes, text: bytes, context: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, text, context)


def _aes_open(key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce, sealed, context)


def _sm4_seal(key: bytes, nonce: bytes, text: bytes, context: bytes) -> bytes:
    sealer = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(context)
    return sealer.update(text) + sealer.finalize() + sealer.tag


def _sm4_open(key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
    if len(sealed) < TAG_BYTES:
        raise InvalidTag
    tag, body = sealed[-TAG_BYTES:], sealed[:-TAG_BYTES]
    opener = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    opener.authenticate_additional_data(context)
    return opener.update(body) + opener.finalize()


def _mac(algorithm: hashes.HashAlgorithm) -> Callable[[bytes, str, str], str]:
    def mac(key: bytes, purpose: str, text: str) -> str:
        """A purpose is part of what is signed, with a separator no purpose contains."""
        signer = hmac.HMAC(key, algorithm)
        signer.update(purpose.encode() + b"\x00" + text.encode())
        return signer.finalize().hex()

    return mac


SEAL: dict[str, Crypt] = {"aes256gcm": _aes_seal, "sm4gcm": _sm4_seal}
OPEN: dict[str, Crypt] = {"aes256gcm": _aes_open, "sm4gcm": _sm4_open}
MAC = {"hmacsha256": _mac(hashes.SHA256()), "hmacsm3": _mac(hashes.SM3())}
