"""The vault (个人信息保险箱): one master key and the keys derived from it; no file is touched here.

AES-256-GCM (NIST SP 800-38D) with keys derived by HKDF-SHA256 (RFC 5869). Column values are encrypted with a nonce
that is a keyed hash of kind and value, in the manner of a synthetic IV (RFC 5297): the same number gives the same
encrypted text, so that exact search needs no second column, and two numbers never share a nonce. Somebody who has the
database without the key learns only which records hold the same number.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from expertpool.foundation.problems import EnvironmentProblem

MARK = "g1."  # AES-256-GCM, first form; another cipher (SM4-GCM) would get another prefix
_NONCE = 12
_SALT = 16


class Vault:
    """Encrypts and decrypts. ``id`` identifies the vault without revealing its key; ``file_key`` is for the embedded
    file."""

    def __init__(self, master: bytes) -> None:
        if len(master) != 32:
            raise ValueError("a vault's master key has 32 bytes")
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._master = master
        self.id = derived(master, "id", 16).hex()
        self.file_key = derived(master, "file").hex()
        self._columns = AESGCM(derived(master, "columns"))
        self._nonces = derived(master, "nonces")
        self._tokens = derived(master, "search")
        self._contents = AESGCM(derived(master, "contents"))

    @classmethod
    def new(cls) -> "Vault":
        """A vault with a fresh random key."""
        return cls(secrets.token_bytes(32))

    def __repr__(self) -> str:
        return f"Vault({self.id})"

    def __reduce__(self) -> Any:
        raise TypeError("a vault is never written down by itself")

    # -- column values
    def seal(self, kind: str, text: str) -> str:
        """The encrypted text of a value; "" stays "". ``kind`` (identity, phone …) must be the same for
        decrypting."""
        if not text:
            return text
        plain, bound = text.encode(), kind.encode()
        nonce = hmac.digest(self._nonces, bound + b"\0" + plain, "sha256")[:_NONCE]
        return MARK + urlsafe_b64encode(nonce + self._columns.encrypt(nonce, plain, bound)).decode()

    def open(self, kind: str, sealed: str) -> str:
        """The decrypted value. Raises ``vault.value`` if the text was changed or encrypted by another vault."""
        if not sealed.startswith(MARK):
            return sealed  # "" or a value stored before the pool was encrypted
        from cryptography.exceptions import InvalidTag

        try:
            data = urlsafe_b64decode(sealed[len(MARK):])
            if urlsafe_b64encode(data).decode() != sealed[len(MARK):]:
                raise ValueError("not the one spelling of these bytes")
            return self._columns.decrypt(data[:_NONCE], data[_NONCE:], kind.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise EnvironmentProblem("vault.value") from error

    def token(self, kind: str, text: str) -> str:
        """A word for the search text that reveals nothing of the number: keyed hash, 64 bits."""
        return "k" + hmac.digest(self._tokens, f"{kind}\0{text}".encode(), "sha256")[:8].hex()

    # -- whole contents
    def seal_bytes(self, purpose: str, data: bytes) -> bytes:
        """Encrypted bytes, preceded by a random nonce."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._contents.encrypt(nonce, data, purpose.encode())

    def open_bytes(self, purpose: str, sealed: bytes) -> bytes:
        """The decrypted bytes. Raises ``vault.value`` if a bit was changed."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._contents.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise EnvironmentProblem("vault.value") from error

    # -- the key itself
    def wrapped(self, key: bytes) -> bytes:
        """The master key encrypted by another key of 32 bytes."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(key).encrypt(nonce, self._master, b"master")

    @classmethod
    def unwrapped(cls, key: bytes, sealed: bytes) -> "Vault | None":
        """The vault whose master key was encrypted by ``key``; None if the key does not fit."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return cls(AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], b"master"))
        except (InvalidTag, ValueError):
            return None

    def protected(self, protect: Any) -> bytes:
        """The master key encrypted by the operating system (``protect``: bytes → bytes)."""
        data: bytes = protect(self._master)
        return data


def derived(secret: bytes, purpose: str, size: int = 32, salt: bytes = b"") -> bytes:
    """A key for one purpose (HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), size, salt or None, f"expertpool {purpose}".encode()).derive(secret)


def is_sealed(text: str) -> bool:
    """Whether a stored text is encrypted."""
    return text.startswith(MARK)
