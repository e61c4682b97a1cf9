"""What the checks know of a person and of a case: plain frozen facts, loaded and judged by other modules.

Days are ISO texts of any precision (``2024``, ``2024-05``, ``2024-05-12``), "" where unknown. The ``source`` of a
fact says where it was read, e.g. a file and row.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class EmploymentFact:
    """A unit the person works or worked for (任职单位)."""

    name: str
    organisation_id: int | None = None
    start: str = ""
    end: str = ""
    current: bool = True
    kind: str = "employment"
    source: str = ""


@dataclass(frozen=True)
class InterestFact:
    """A declared interest; ``name`` is the person or patent named, ``organisation_name`` the unit."""

    kind: str
    name: str = ""
    relation: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    start: str = ""
    end: str = ""
    id_number: str = ""
    detail: str = ""
    unlisted: bool = True
    source: str = ""
    declared_on: str = ""


@dataclass(frozen=True)
class AssessmentFact:
    """A yearly assessment (年度考核): ``grade`` is a word of the vocabulary ``grade``."""

    year: int
    grade: str


@dataclass(frozen=True)
class LicenceFact:
    """A practising licence and the day it is valid until."""

    number: str
    until: str = ""
    body: str = ""
    source: str = ""


@dataclass(frozen=True)
class RoleFact:
    """A role held for a term (聘期)."""

    role: str
    mode: str = ""
    state: str = "active"
    start: str = ""
    end: str = ""
    source: str = ""


@dataclass(frozen=True)
class UnavailabilityFact:
    """Days on which the person cannot serve; open-ended without ``end``."""

    start: str = ""
    end: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ServiceFact:
    """Service in a case, past or present; ``state`` is an assignment state, ``role`` a role in the case."""

    case_id: int
    number: str
    procedure: str
    role: str
    state: str
    dispute_id: int | None = None
    source: str = ""


@dataclass(frozen=True)
class DeclarationFact:
    """A signed declaration of interests (利益冲突声明) for one case."""

    case_id: int
    signed_on: str


@dataclass(frozen=True)
class DismissalFact:
    """A finding that was dismissed as a false alarm; with ``case_id`` None it is dismissed in every case."""

    key: str
    case_id: int | None
    reason: str


@dataclass(frozen=True)
class PersonFacts:
    """All that the checks know of a person. ``cap`` is the person's limit of open cases; None means the rule
    book's."""

    id: int
    uid: str
    name: str
    former_names: tuple[str, ...] = ()
    id_number: str = ""
    birth: str = ""
    education: str = ""
    state: str = "active"
    age_exemption: str = ""
    employments: tuple[EmploymentFact, ...] = ()
    interests: tuple[InterestFact, ...] = ()
    licences: tuple[LicenceFact, ...] = ()
    roles: tuple[RoleFact, ...] = ()
    unavailable: tuple[UnavailabilityFact, ...] = ()
    service: tuple[ServiceFact, ...] = ()
    declarations: tuple[DeclarationFact, ...] = ()
    dismissals: tuple[DismissalFact, ...] = ()
    assessments: tuple[AssessmentFact, ...] = ()
    recommendation: str = ""
    unit_consent: str = ""
    own_consent: str = ""
    open_load: int = 0
    cap: int | None = None
    source: str = ""


@dataclass(frozen=True)
class ParticipantFact:
    """Somebody who takes part in the case. ``kind``: party, legal_representative, agent, inventor, patentee,
    examiner.

    ``side`` is the position of the party concerned, ``place`` its number on that side (0 if it is the only one).
    ``firm_name`` is an agent's firm, or the company of a legal representative.
    """

    kind: str
    name: str
    side: str = ""
    place: int = 0
    organisation_id: int | None = None
    id_number: str = ""
    firm_name: str = ""
    firm_id: int | None = None
    person_kind: str = "organisation"
    patent: str = ""
    ended: str = ""
    address: str = ""

    @property
    def is_person(self) -> bool:
        """Whether the name is that of a human being."""
        return self.person_kind == "person" or self.kind not in ("party", "patentee")


@dataclass(frozen=True)
class LinkFact:
    """Another case of the same dispute, or one linked to it; ``earlier`` if it came before this case.

    ``direct``: the two cases themselves are linked; otherwise ``kind`` says how the other case follows from the one
    before it. ``main`` is the case to which a preservation (保全) belongs. Cases of the dispute are in the order of
    their procedures.
    """

    case_id: int
    number: str
    kind: str = ""
    procedure: str = ""
    dispute_id: int | None = None
    earlier: bool = True
    direct: bool = False
    main: int | None = None


@dataclass(frozen=True)
class CaseFacts:
    """All that the checks know of a case; ``role`` is the role to be filled."""

    id: int
    number: str
    dispute_id: int | None = None
    nature: str = "civil"
    procedure: str = ""
    court_code: str = ""
    cause: str = ""
    cause_kind: str = ""
    role: str = "technical_investigator"
    people_needed: int = 0
    participants: tuple[ParticipantFact, ...] = ()
    patents: tuple[str, ...] = ()
    links: tuple[LinkFact, ...] = field(default=())
