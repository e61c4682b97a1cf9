"""Periods of the rule book that several rooms need (期间), each in one place."""

from datetime import date, timedelta

from expertpool.rules.book import RuleBook


def term_mentioned_until(rules: RuleBook, day: date) -> date | None:
    """The day until which ending terms are announced on ``day`` (D-TERM); None if the court switched that off."""
    if "D-TERM" not in rules.as_of(day):
        return None
    return day + timedelta(days=max(rules.as_of(day).parameter("D-TERM", "days")))


def licence_mentioned_until(rules: RuleBook, day: date) -> date | None:
    """The day until which ending licences are announced on ``day`` (E-LICENCE); None if the court switched that
    off."""
    if "E-LICENCE" not in rules.as_of(day):
        return None
    return day + timedelta(days=rules.as_of(day).parameter("E-LICENCE", "warn_days"))
