"""Periods of the rule book that several rooms ask for (期间): one place for each."""

from datetime import date, timedelta

from expertpool.rules.book import RuleBook


def term_mentioned_until(rules: RuleBook, day: date) -> date | None:
    """The day until which a term that ends is mentioned on ``day`` (D-TERM); None where the court switched it off."""
    if "D-TERM" not in rules.as_of(day):
        return None
    return day + timedelta(days=max(rules.as_of(day).parameter("D-TERM", "days")))


def licence_mentioned_until(rules: RuleBook, day: date) -> date | None:
    """The same for a licence (E-LICENCE)."""
    if "E-LICENCE" not in rules.as_of(day):
        return None
    return day + timedelta(days=rules.as_of(day).parameter("E-LICENCE", "warn_days"))
