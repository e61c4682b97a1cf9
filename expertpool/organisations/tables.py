"""Tables of units: names, other names, links, answers. Codes are from the vocabularies; dates are ISO text."""


from sqlmodel import Field

from expertpool.storage.records import Record


class Organisation(Record, table=True):
    """A unit, company, court, firm (单位)."""

    name: str = Field(index=True)
    name_key: str = Field(default="", index=True)  # normalised name, for look-up
    kind: str = ""
    credit_code: str = Field(default="", index=True)
    region: str = ""
    listed: bool = False
    remark: str = ""


class OrganisationAlias(Record, table=True):
    """Another name of a unit: short, former, foreign; with dates and source."""

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    alias: str
    alias_key: str = Field(default="", index=True)
    kind: str = "short"
    start: str = ""
    end: str = ""
    source: str = ""


class OrganisationLink(Record, table=True):
    """``upper`` is parent of, controls or became ``lower`` (母公司、控股、更名), with dates and source."""

    upper_id: int = Field(foreign_key="organisation.id", index=True)
    lower_id: int = Field(foreign_key="organisation.id", index=True)
    kind: str = "parent"
    start: str = ""
    end: str = ""
    source: str = ""


class OrganisationAnswer(Record, table=True):
    """Somebody's answer about two similar unit names (单位名称判断): same, group or different."""

    first_key: str = Field(index=True)  # both normalised, the smaller first
    second_key: str = Field(index=True)
    answer: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""
