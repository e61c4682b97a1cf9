"""Where files are: shipped resources, the user's data and configuration folders."""

import os
import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """A file or folder under ``resources/``, whether run from source, installed or frozen."""
    base = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
    return base.joinpath("resources", *parts)


def data_folder() -> Path:
    """The folder of the embedded pool; ``EXPERTPOOL_HOME`` overrides it. Not created here."""
    if chosen := os.environ.get("EXPERTPOOL_HOME"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("ExpertPool", appauthor=False))


def default_database() -> Path:
    """The embedded pool that is opened if no other is named."""
    return data_folder() / "pool.expertpool"


def key_folder() -> Path:
    """The folder of this user's keys to pools; ``EXPERTPOOL_KEYS`` overrides it. Not created here."""
    chosen = os.environ.get("EXPERTPOOL_KEYS")
    return Path(chosen) if chosen else data_folder() / "keys"


def cache_folder() -> Path:
    """The folder of files that can be made again at any time; ``EXPERTPOOL_HOME`` overrides it. Not created here."""
    if chosen := os.environ.get("EXPERTPOOL_HOME"):
        return Path(chosen) / "cache"
    import platformdirs

    return Path(platformdirs.user_cache_dir("ExpertPool", appauthor=False))
