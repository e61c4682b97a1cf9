"""Managing the pool's key (密钥管理): recovery paper, new code, another workstation; each step is noted in the
journal."""

import json
from dataclasses import dataclass
from pathlib import Path

from expertpool.accounts.permissions import demand
from expertpool.foundation.files import write_whole
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.safekeeping.pool_protocol import KeptPool
from expertpool.storage import keys
from expertpool.storage.dialects import is_url
from expertpool.storage.keys import KeyState

OPERATION = "manage vault"
SHORTEST = 12  # least characters of a self-chosen passphrase, not counting blanks at the ends


@dataclass(frozen=True, slots=True)
class RecoveryPaper:
    """The content of the recovery paper (恢复单); ``code`` is "" if a passphrase was chosen instead."""

    vault: str
    place: str
    code: str
    made: str


def key_state(pool: KeptPool) -> KeyState:
    """How the key is kept on this computer, and when the recovery paper was last printed."""
    demand(pool.actor, "read")
    return keys.state(pool.database.vault.id)


def recovery_paper(pool: KeptPool) -> RecoveryPaper:
    """The recovery code, to be printed and locked away. The journal notes who asked for it."""
    vault = pool.database.vault
    with pool.write(OPERATION, step="paper", always=True):
        pass
    paper = RecoveryPaper(vault.id, _place(pool), keys.recovery_code(vault), keys.state(vault.id).made)
    keys.note_printed(vault)
    return paper


def renew_recovery(pool: KeptPool, passphrase: str = "") -> str:
    """Make a new recovery code (returned), or set a passphrase: papers printed before become useless.

    Backups made before still open with the code that was valid then. Raises ``vault.short`` for a passphrase that is
    too short.
    """
    if passphrase and len(passphrase.strip()) < SHORTEST:
        raise UserProblem("vault.short", count=SHORTEST)
    with pool.write(OPERATION, step="passphrase" if passphrase else "code", always=True):
        return keys.change_recovery(pool.database.vault, _file(pool), passphrase)


def hand_over(pool: KeptPool, path: Path) -> None:
    """Write a key file for another workstation; it opens only with the recovery code or passphrase.

    Raises ``vault.key_unwritten``.
    """
    with pool.write(OPERATION, step="hand over", file=path.name, always=True):
        content = keys.portable(pool.database.vault)
        try:
            write_whole(path, json.dumps(content, indent=1))
        except OSError as error:
            raise EnvironmentProblem("vault.key_unwritten", path=path, reason=error.strerror or "") from error


def take_over(target: str, code: str, key_file: Path | None = None) -> str:
    """Store a pool's key on this computer, using the recovery code or passphrase; returns the vault's id.

    ``target`` is the pool that does not open here; ``key_file`` one that was handed over or is beside a copy. Raises
    ``database.missing`` and ``vault.key_file``.
    """
    places = [key_file] if key_file else []
    if is_url(target):
        if key_file is None:
            raise UserProblem("vault.key_file")
        return keys.recover(code, keys.id_in(key_file), key_file).id
    pool = Path(target)
    if not pool.is_file():
        raise UserProblem("database.missing", path=pool)
    with pool.open("rb") as file:
        return keys.recover(code, file.read(16).hex(), *places, keys.beside(pool)).id


def _file(pool: KeptPool) -> Path | None:
    return None if is_url(pool.database.target) else Path(pool.database.target)


def _place(pool: KeptPool) -> str:
    path = _file(pool)
    return path.name if path else "PostgreSQL"
