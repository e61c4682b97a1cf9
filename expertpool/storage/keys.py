"""Where a vault's key is kept (密钥保管): in the user's key folder for this computer, and encrypted by a recovery
code.

A key file is JSON: ``vault`` (id), ``device`` (the key encrypted for this user and computer), ``recovery`` (the key
encrypted by the recovery code or a passphrase) and ``paper`` (the code itself, encrypted by the key, so that the
recovery paper can be printed again). Beside an embedded pool is a copy without ``device``: that folder and the
recovery paper are enough to open the pool on another computer. The database itself contains nothing of this.
"""

import json
import secrets
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.places import key_folder
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.foundation.uids import now_stamp
from expertpool.storage import device
from expertpool.storage.vault import Vault, derived

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no characters that are easily confused
GROUPS, SIZE = 8, 5  # 40 characters of 5 bits: with 200 bits no slow key derivation is needed
KeyFile = JsonObject


@dataclass(frozen=True, slots=True)
class KeyState:
    """What is known of a vault's key: for whom it is kept here, and how it can be recovered."""

    vault: str
    device: str  # dpapi / file / "" where this computer has no copy
    recovery: str  # code / passphrase
    made: str
    printed: str  # when the recovery paper was last printed, "" if never
    path: Path


def beside(pool: Path) -> Path:
    """The key file that lies beside an embedded pool."""
    return pool.with_name(pool.name + ".key")


def make(pool: Path | None) -> Vault:
    """Make a new vault and store its key; of several processes that make a new pool file at once, the first one's
    vault is used.

    Raises ``vault.key_unread``.
    """
    vault = Vault.new()
    code = new_code()
    content: KeyFile = {"vault": vault.id, "made": now_stamp(), "printed": "",
                        "recovery": behind_code(vault, code), "paper": _packed(vault.seal("paper", code).encode())}
    _keep(vault, content)
    if pool is None:
        return vault
    device.write_private(beside(pool), _text(content), fresh=True)
    kept = _read(beside(pool))
    return vault if kept["vault"] == vault.id else find(kept["vault"], pool)


def find(vault_id: str, pool: Path | None = None) -> Vault:
    """The vault with this id, from this computer's key folder. Raises ``vault.no_key``, which tells how to recover.

    Also raises ``vault.key_unread``.
    """
    path = key_folder() / f"{vault_id}.key"
    if path.exists():
        content = _read(path)
        found = device.unlock(_unpacked(content["device"]["sealed"]), key_folder()) if "device" in content else None
        if found is not None and found.id == vault_id:
            if pool is not None and not beside(pool).exists():
                _try_beside(pool, content)
            return found
    raise EnvironmentProblem("vault.no_key", path=pool or vault_id)


def recover(given: str, vault_id: str, *places: Path) -> Vault:
    """Decrypt the key with the recovery code or passphrase and store it on this computer.

    ``places`` are key files to try (beside the pool, from a backup, handed over); the key folder is tried as well.
    Raises ``vault.key_unread`` and ``vault.wrong_code``.
    """
    for path in (*places, key_folder() / f"{vault_id}.key"):
        if not path.exists():
            continue
        content = _read(path)
        vault = opened(content["recovery"], given)
        if vault is not None and vault.id == vault_id:
            _keep(vault, content)
            return vault
    raise UserProblem("vault.wrong_code")


def adopt(vault: Vault, content: KeyFile) -> None:
    """Store on this computer the key of a vault that was opened from elsewhere (a backup)."""
    _keep(vault, content)


def change_recovery(vault: Vault, pool: Path | None, passphrase: str = "") -> str:
    """Make a new recovery code (returned), or set a passphrase (returns ""): the old one becomes useless.

    Raises ``vault.key_unread``.
    """
    content = _read(key_folder() / f"{vault.id}.key")
    code = "" if passphrase else new_code()
    content["recovery"] = behind_passphrase(vault, passphrase) if passphrase else behind_code(vault, code)
    content["paper"], content["printed"] = (_packed(vault.seal("paper", code).encode()) if code else ""), ""
    _keep(vault, content)
    if pool is not None:
        _try_beside(pool, content)
    return code


def recovery_code(vault: Vault) -> str:
    """The code for the recovery paper; "" if a passphrase was chosen instead. Raises ``vault.key_unread``."""
    packed = _read(key_folder() / f"{vault.id}.key")["paper"]
    return vault.open("paper", _unpacked(packed).decode()) if packed else ""


def note_printed(vault: Vault) -> None:
    """Remember that the recovery paper was printed. Raises ``vault.key_unread``."""
    content = _read(key_folder() / f"{vault.id}.key")
    _keep(vault, content | {"printed": now_stamp()})


def state(vault_id: str) -> KeyState:
    """What is known of the key on this computer. Raises ``vault.key_unread``."""
    path = key_folder() / f"{vault_id}.key"
    content = _read(path)
    return KeyState(vault_id, content.get("device", {}).get("kind", ""), content["recovery"]["kind"],
                    content["made"], content["printed"], path)


def portable(vault: Vault) -> KeyFile:
    """The key file without the parts for this computer: for a backup, or for another workstation.

    Raises ``vault.key_unread``.
    """
    return {name: part for name, part in _read(key_folder() / f"{vault.id}.key").items() if name != "device"}


def id_in(key_file: Path) -> str:
    """The id of the vault that a key file belongs to. Raises ``vault.key_unread``."""
    return str(_read(key_file)["vault"])


# -- recovery
def new_code() -> str:
    """A new recovery code such as ``7KQ2M-…``: eight groups of five characters."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(SIZE)) for _group in range(GROUPS))


def behind_code(vault: Vault, code: str) -> KeyFile:
    salt = secrets.token_bytes(16)
    return {"kind": "code", "salt": _packed(salt), "sealed": _packed(vault.wrapped(_code_key(code, salt)))}


def behind_passphrase(vault: Vault, passphrase: str) -> KeyFile:
    """The key encrypted by a chosen passphrase: Argon2id (RFC 9106), with its parameters stored beside it."""
    salt = secrets.token_bytes(16)
    cost = {"time": 3, "memory": 65536, "lanes": 4}  # RFC 9106, second recommended option
    return {"kind": "passphrase", "salt": _packed(salt), **cost,
            "sealed": _packed(vault.wrapped(_passphrase_key(passphrase, salt, cost)))}


def opened(recovery: KeyFile, given: str) -> Vault | None:
    """The vault that a recovery code or passphrase decrypts; None if it does not fit."""
    salt = _unpacked(recovery["salt"])
    key = _code_key(given, salt) if recovery["kind"] == "code" else _passphrase_key(given, salt, recovery)
    return Vault.unwrapped(key, _unpacked(recovery["sealed"]))


def _code_key(code: str, salt: bytes) -> bytes:
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return derived(plain.encode(), "recovery", salt=salt)


def _passphrase_key(passphrase: str, salt: bytes, cost: KeyFile) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(passphrase.strip().encode(), salt, int(cost["time"]), int(cost["memory"]),
                           int(cost["lanes"]), 32, Type.ID)


# -- files
def _keep(vault: Vault, content: KeyFile) -> None:
    """Write the key file of this computer."""
    folder = key_folder()
    held = {"kind": device.kind(), "sealed": _packed(device.lock(vault, folder))}
    device.write_private(folder / f"{vault.id}.key", _text(content | {"device": held}))


def _try_beside(pool: Path, content: KeyFile) -> None:
    """Write the copy beside the pool. It is only a convenience: a read-only folder is no reason to fail."""
    with suppress(EnvironmentProblem):
        device.write_private(beside(pool), _text({k: v for k, v in content.items() if k != "device"}))


def _read(path: Path) -> KeyFile:
    try:
        content: KeyFile = json.loads(path.read_text(encoding="utf-8"))
        if not {"vault", "recovery", "printed", "made"} <= content.keys():
            raise ValueError(path)
        return content
    except (OSError, ValueError) as error:
        raise EnvironmentProblem("vault.key_unread", path=path) from error


def _text(content: KeyFile) -> bytes:
    return json.dumps(content, indent=1).encode()


def _packed(data: bytes) -> str:
    return b64encode(data).decode()


def _unpacked(text: str) -> bytes:
    return b64decode(text)
