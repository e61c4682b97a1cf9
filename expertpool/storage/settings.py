"""The court's settings as a session sees them (本院设置)."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.foundation.json_values import JsonObject
from expertpool.storage.tables import Setting


def setting_of(session: Session, key: str) -> JsonObject:
    """One setting; an empty mapping if it was never set."""
    found = session.scalars(select(col(Setting.value)).where(col(Setting.key) == key)).first()
    return dict(found or {})
