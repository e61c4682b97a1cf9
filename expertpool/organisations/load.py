"""Reads the known units from the pool: names, other names, links, answers, each with its source."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from expertpool.organisations.book import OrganisationBook
from expertpool.organisations.edits import answers
from expertpool.organisations.tables import Organisation, OrganisationAlias, OrganisationLink
from expertpool.organisations.ties import AliasNote, SourcedBook, SourcedLink
from expertpool.storage.queries import id_of


def load_organisation_book(session: Session) -> OrganisationBook:
    """The known units with aliases and links."""
    units = session.execute(select(id_of(Organisation), col(Organisation.name), col(Organisation.listed))).all()
    aliases = session.execute(select(col(OrganisationAlias.alias_key), col(OrganisationAlias.organisation_id),
                                     col(OrganisationAlias.alias), col(OrganisationAlias.kind),
                                     col(OrganisationAlias.source))).all()
    return SourcedBook(
        names={row[0]: row[1] for row in units},
        aliases={row[0]: row[1] for row in aliases},
        notes={row[0]: AliasNote(*row[2:]) for row in aliases},
        links=tuple(SourcedLink(*row) for row in session.execute(
            select(col(OrganisationLink.upper_id), col(OrganisationLink.lower_id), col(OrganisationLink.kind),
                   col(OrganisationLink.start), col(OrganisationLink.end), col(OrganisationLink.source)))),
        listed=frozenset(row[0] for row in units if row[2]), answers=answers(session))
