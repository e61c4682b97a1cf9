"""Signing the declaration that a case needs before the parties are told."""

from expertpool.declarations.drafts import DeclarationDraft
from expertpool.declarations.recording import declare
from expertpool.foundation.dates import today
from expertpool.pool import ExpertPool


def sign_for_case(pool: ExpertPool, person: str, number: str) -> None:
    """Record that a person (uid) signed the declaration of interests for a case today."""
    declare(pool, person, DeclarationDraft(signed_on=str(today()), number=number))
