"""Where things lie: shipped resources, the user's data and configuration folders."""

import os
import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """A file or folder under ``resources/``, from source, from an installed copy or from a frozen build."""
    base = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
    return base.joinpath("resources", *parts)


def data_folder() -> Path:
    """Where the embedded pool lives; ``EXPERTPOOL_HOME`` overrides. Not created here."""
    if chosen := os.environ.get("EXPERTPOOL_HOME"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("ExpertPool", appauthor=False))


def default_database() -> Path:
    """The embedded pool that opens when no other was named."""
    return data_folder() / "pool.expertpool"


def key_folder() -> Path:
    """Where this user's keys of pools lie; ``EXPERTPOOL_KEYS`` overrides. Not created here."""
    chosen = os.environ.get("EXPERTPOOL_KEYS")
    return Path(chosen) if chosen else data_folder() / "keys"


def cache_folder() -> Path:
    """Where things lie that can be made anew at any time; ``EXPERTPOOL_HOME`` overrides. Not created here."""
    if chosen := os.environ.get("EXPERTPOOL_HOME"):
        return Path(chosen) / "cache"
    import platformdirs

    return Path(platformdirs.user_cache_dir("ExpertPool", appauthor=False))
