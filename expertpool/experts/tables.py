"""Tables of the register. Codes are from the vocabularies; dates are ISO text with Y, YM or YMD precision.

Columns shared by a table and its draft are in ``bases.py``; tables of imports in ``import_tables.py``.
"""

from sqlmodel import Field, SQLModel

from expertpool.experts import catalogue
from expertpool.experts.bases import (
    AchievementBase,
    EmploymentBase,
    FieldBase,
    InterestBase,
    LicenceBase,
    PersonBase,
    PhoneBase,
    RoleBase,
    UnavailabilityBase,
)
from expertpool.storage.records import Record
from expertpool.storage.secrets import secret_text


class Person(PersonBase, Record, table=True):
    """One human being (专家), whatever roles he or she holds."""

    described = catalogue.PERSON
    notice_given: str = ""  # day and version of the privacy notice given to the person (个人信息保护法 arts. 17, 35)
    state: str = Field(default="active", index=True)
    state_reason: str = ""
    state_since: str = ""
    merged_into_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class Phone(PhoneBase, Record, table=True):
    """A telephone number of a person, in the order given."""

    described = catalogue.PHONES
    person_id: int = Field(foreign_key="person.id", index=True)
    place: int = 0


class RoleTerm(RoleBase, Record, table=True):
    """A role a person holds for a term (聘期)."""

    described = catalogue.ROLES
    person_id: int = Field(foreign_key="person.id", index=True)


class Employment(EmploymentBase, Record, table=True):
    """Where a person works or worked; ``organisation_id`` refers to the unit."""

    described = catalogue.EMPLOYMENTS
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)


class PersonField(FieldBase, Record, table=True):
    """A technical field of a person."""

    described = catalogue.FIELDS
    person_id: int = Field(foreign_key="person.id", index=True)


class Specialty(Record, table=True):
    """The person's own words for a speciality (专业特长), in the person's order."""

    described = catalogue.SPECIALTIES
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str
    place: int = 0


class Licence(LicenceBase, Record, table=True):
    """A practising licence of a person (执业证)."""

    described = catalogue.LICENCES
    person_id: int = Field(foreign_key="person.id", index=True)


class Interest(InterestBase, Record, table=True):
    """A declared interest of a person (利害关系); ``organisation_id`` refers to the unit."""

    described = catalogue.INTERESTS
    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)


class Unavailability(UnavailabilityBase, Record, table=True):
    """A period in which a person is not to be appointed (请假)."""

    described = catalogue.UNAVAILABLE
    person_id: int = Field(foreign_key="person.id", index=True)


class Achievement(AchievementBase, Record, table=True):
    """What a person has achieved: papers, patents, projects, offices."""

    described = catalogue.ACHIEVEMENTS
    person_id: int = Field(foreign_key="person.id", index=True)


class Evaluation(Record, table=True):
    """A yearly assessment (考核) or the judge's rating after a case."""

    described = catalogue.EVALUATIONS
    person_id: int = Field(foreign_key="person.id", index=True)
    assignment_id: int | None = Field(default=None, index=True)
    year: int | None = None
    grade: str = ""
    score: float | None = None
    by: str = ""
    note: str = ""


class Attachment(Record, table=True):
    """A file kept with a person, case or assignment. ``access`` is its class: ordinary, personal, opinion
    (不公开)."""

    owner_kind: str = Field(index=True)
    owner_id: int = Field(index=True)
    kind: str = ""
    file_name: str = ""
    media_type: str = ""
    sha256: str = ""
    content: str = secret_text("file")  # base64
    access: str = "ordinary"


class PersonListing(SQLModel, table=True):
    """The derived row that lists sort and search by, rebuilt by every write; not in the journal."""

    person_id: int = Field(primary_key=True)
    uid: str = ""
    name: str = ""
    sort_name: str = Field(default="", index=True)
    gender: str = ""
    employer: str = Field(default="", index=True)
    department: str = ""
    title: str = ""
    title_rank: int = Field(default=9, index=True)
    title_level: str = ""
    roles: str = ""  # " technical_investigator judicial_appraiser "
    fields: str = ""  # "|W12|G05B|", the main one first
    groups: str = ""  # "|T05|"
    specialties: str = ""
    term_end: str = Field(default="", index=True)
    open_cases: int = Field(default=0, index=True)
    case_cap: int | None = None
    state: str = Field(default="active", index=True)
    changed_at: str = ""
    body: str = ""  # spaced search text
