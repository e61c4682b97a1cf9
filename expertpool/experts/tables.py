"""Tables of the register. Codes are those of the vocabularies; dates ISO text with Y, YM or YMD precision."""

from typing import Any

from sqlmodel import Field, SQLModel

from expertpool.storage.records import Record, json_list, json_map
from expertpool.storage.secrets import secret_map, secret_text


class Person(Record, table=True):
    """One human being (专家), whatever roles he or she holds."""

    name: str = Field(index=True)
    former_name: str = ""
    name_note: str = ""  # what stood in brackets behind the name
    gender: str = ""  # 男 / 女
    birth: str = ""
    ethnicity: str = ""
    party: str = ""
    id_kind: str = ""
    id_number: str = secret_text("identity", index=True)
    email: str = ""
    address: str = secret_text("address")
    postcode: str = ""
    wechat: str = ""
    qq: str = ""
    education: str = ""
    degree: str = ""
    school: str = ""
    major: str = ""
    graduated: str = ""
    work_since: str = ""
    title: str = ""
    title_level: str = ""  # senior / associate / intermediate / junior
    title_date: str = ""
    expert_no: str = ""
    hired: str = ""  # 入库时间
    recommended_by: str = ""
    recommendation: str = ""  # self / unit / invited
    unit_consent: str = ""
    own_consent: str = ""
    notice_given: str = ""  # PIPL art. 17, 35: day and version of the notice
    secrecy: str = ""  # 涉密程度
    bank_name: str = ""
    bank_account: str = secret_text("bank")
    case_cap: int | None = None  # open cases at most; None: the rule book's
    age_exemption: str = ""
    state: str = Field(default="active", index=True)  # active / suspended / removed / merged
    state_reason: str = ""
    state_since: str = ""
    experience: str = ""
    remark: str = ""
    more: dict[str, Any] = secret_map("more")  # columns of a roster that have no field of their own
    merged_into_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class Phone(Record, table=True):
    """A number with its kind: mobile, work, home, fax."""

    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = "mobile"
    number: str = secret_text("phone", index=True)
    place: int = 0


class RoleTerm(Record, table=True):
    """A role held for a term (聘期): which body appointed the person, as what, in which mode, from when to when."""

    person_id: int = Field(foreign_key="person.id", index=True)
    role: str = Field(index=True)
    mode: str = ""
    body: str = ""  # appointing court or office
    certificate_no: str = ""  # 聘书编号
    start: str = ""
    end: str = ""
    term_text: str = ""
    renewals: int = 0
    state: str = "active"
    end_reason: str = ""
    decision_no: str = ""


class Employment(Record, table=True):
    """Where a person works or worked. ``employer`` is the name as written, the key leads to the unit."""

    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    employer: str = ""
    department: str = ""
    position: str = ""
    start: str = ""
    end: str = ""
    current: bool = True
    retired: bool = False


class PersonField(Record, table=True):
    """A technical field of a person: any code of the tree, main or other, given by whom."""

    person_id: int = Field(foreign_key="person.id", index=True)
    code: str = Field(index=True)
    main: bool = False
    origin: str = "given"  # given / recognised / confirmed
    words: str = ""


class Specialty(Record, table=True):
    """The person's own words for a speciality (专业特长), in the person's order."""

    person_id: int = Field(foreign_key="person.id", index=True)
    text: str
    place: int = 0


class Licence(Record, table=True):
    """A practising licence (执业证). Optional: IP appraisal has no unified registration."""

    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = ""
    number: str = Field(default="", index=True)
    body: str = ""  # 执业机构
    source: str = ""  # 资质来源
    issued: str = ""
    until: str = ""


class Interest(Record, table=True):
    """A declared interest (利害关系): relative, holding, office, mandate, unit or person to avoid.

    ``name`` is the relative or person, ``unit`` the company or firm as written, ``organisation_id`` its key.
    """

    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(index=True)
    relation: str = ""
    name: str = Field(default="", index=True)
    id_number: str = secret_text("identity")
    unit: str = ""
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    detail: str = ""
    unlisted: bool = True
    start: str = ""
    end: str = ""
    declared_on: str = ""
    source: str = ""


class Unavailability(Record, table=True):
    """Leave, illness, duty abroad (请假): not to be appointed in these days."""

    person_id: int = Field(foreign_key="person.id", index=True)
    start: str = ""
    end: str = ""
    reason: str = ""


class Achievement(Record, table=True):
    """Papers, patents, projects, other offices: long text that ranking may read."""

    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = ""
    text: str = ""
    date: str = ""


class Evaluation(Record, table=True):
    """A yearly assessment (考核) or the judge's rating after a case."""

    person_id: int = Field(foreign_key="person.id", index=True)
    assignment_id: int | None = Field(default=None, index=True)
    year: int | None = None
    grade: str = ""
    score: float | None = None
    by: str = ""
    note: str = ""


class Attachment(Record, table=True):
    """A file kept with a record. ``access`` is the class: ordinary, personal, opinion (不公开)."""

    owner_kind: str = Field(index=True)
    owner_id: int = Field(index=True)
    kind: str = ""
    file_name: str = ""
    media_type: str = ""
    sha256: str = ""
    content: str = secret_text("file")  # base64
    access: str = "ordinary"


class ImportBatch(Record, table=True):
    """One import: who, when, which files, how it went."""

    kind: str = "experts"
    operator: str = ""
    files: list[dict[str, Any]] = json_list()  # file, sha256, sheets with columns
    counts: dict[str, Any] = json_map()
    undone: bool = False


class ValueSource(Record, table=True):
    """Where the values of a person came from: batch, file, sheet, row; columns stand in the batch."""

    person_id: int = Field(foreign_key="person.id", index=True)
    batch_id: int = Field(foreign_key="importbatch.id", index=True)
    file: str = ""
    sheet: str = ""
    row: int = 0
    fields: dict[str, Any] = json_map()  # field → cell such as "D7"


class DuplicateAnswer(Record, table=True):
    """Whether two people, or a person and a row of a spreadsheet, are one human being, in somebody's judgement.

    ``other_id`` is the second person, or ``fingerprint`` marks the row. ``keys`` are those that agreed then:
    a pair said to be different comes up again only when another key agrees.
    """

    person_id: int = Field(foreign_key="person.id", index=True)
    other_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    fingerprint: str = Field(default="", index=True)
    answer: str = ""  # same / different / later
    by: str = ""
    at: str = ""
    reason: str = ""
    keys: list[str] = json_list()


class WaitingRow(Record, table=True):
    """A row of an import left for later (待定): kept as read, until somebody says who it is."""

    batch_id: int = Field(foreign_key="importbatch.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)  # whom it may be
    file: str = ""
    sheet: str = ""
    row: int = 0
    slot: int = 0
    draft: dict[str, Any] = secret_map("row")
    fields: dict[str, Any] = json_map()  # field → cell such as "D7"
    keys: list[str] = json_list()
    fingerprint: str = Field(default="", index=True)
    state: str = Field(default="waiting", index=True)  # waiting / done / dropped
    answer: str = ""


class PersonListing(SQLModel, table=True):
    """What lists sort and search by, derived from the register and rebuilt by every write; never journaled."""

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
