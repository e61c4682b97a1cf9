"""Reads the known units from the pool: names, other names, links, answers, each with its source."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from expertpool.organisations.book import OrganisationBook
from expertpool.organisations.edits import answers
from expertpool.organisations.tables import Organisation, OrganisationAlias, OrganisationLink
from expertpool.organisations.ties import AliasNote, SourcedBook, SourcedLink


def load_organisation_book(session: Session) -> OrganisationBook:
    """The known units with aliases and links."""
    units = session.execute(select(Organisation.id, Organisation.name, Organisation.listed)).all()
    aliases = session.execute(select(OrganisationAlias.alias_key, OrganisationAlias.organisation_id,
                                     OrganisationAlias.alias, OrganisationAlias.kind, OrganisationAlias.source)).all()
    return SourcedBook(
        names={row[0]: row[1] for row in units},
        aliases={row[0]: row[1] for row in aliases},
        notes={row[0]: AliasNote(*row[2:]) for row in aliases},
        links=tuple(SourcedLink(*row) for row in session.execute(
            select(OrganisationLink.upper_id, OrganisationLink.lower_id, OrganisationLink.kind,
                   OrganisationLink.start, OrganisationLink.end, OrganisationLink.source))),
        listed=frozenset(row[0] for row in units if row[2]), answers=answers(session))
