"""The catalogue of a case's fields (案件的字段): each field with its names, its type and where it appears.

Tables, drafts and their base models hold the columns; all other code reads the names and types of fields here.
"""

from expertpool.foundation.language import N_
from expertpool.rules.field_catalogue import Catalogue, CatalogueField, Kind, Mask, NamedColumn, TableFields

CASE = TableFields("courtcase", N_("Case"), (
    CatalogueField("number", N_("Case number"), required=True, digits=True, form="case", target="case_number",
                   personal=True),
    CatalogueField("number_raw", N_("Number as written")),
    CatalogueField("year", N_("Year"), Kind.WHOLE, workbook=False),
    CatalogueField("court_code", N_("Code of the court"), workbook=False),
    CatalogueField("court", N_("Court"), form="case"),
    CatalogueField("nature", N_("Kind of case"), Kind.WORD, words=("case_nature",), form="case",
                   formerly=("Nature",)),
    CatalogueField("procedure", N_("Procedure of the case"), Kind.WORD, words=("procedure",), form="case",
                   target="procedure", formerly=("Procedure",)),
    CatalogueField("cause", N_("Cause of action"), form="case", target="cause", formerly=("Cause",)),
    CatalogueField("cause_code", N_("Number of the cause")),
    CatalogueField("cause_version", N_("Version of the list of causes")),
    CatalogueField("issue", N_("Technical issue"), Kind.LONG, form="case", target="issue"),
    CatalogueField("city", N_("City"), card="course", form="case", target="city", formerly=("城市",)),
    CatalogueField("judge", N_("Judge"), card="course", form="course", target="judge"),
    CatalogueField("panel", N_("Collegial panel"), formerly=("Panel",)),
    CatalogueField("clerk", N_("Clerk"), card="course", form="course"),
    CatalogueField("filed_on", N_("Filed on"), Kind.DATE, card="dates", form="case", target="filed_on",
                   formerly=("Filed",)),
    CatalogueField("hearing_on", N_("Hearing on"), Kind.DATE, card="dates", form="course", target="hearing_on",
                   formerly=("Hearing",)),
    CatalogueField("deliberation_on", N_("Deliberation on"), Kind.DATE, card="dates", form="course",
                   formerly=("Deliberation",)),
    CatalogueField("judged_on", N_("Judged on"), Kind.DATE, card="dates", form="course",
                   formerly=("宣判日期", "Judged")),
    CatalogueField("closed_on", N_("Closed on"), Kind.DATE, card="dates", form="course", formerly=("Closed",)),
    CatalogueField("state", N_("State of the case"), Kind.WORD, words=("case_state",), closed=True, form="course",
                   target="state", formerly=("State",)),
    CatalogueField("role_needed", N_("Role needed"), Kind.WORD, words=("role",), closed=True, form="course"),
    CatalogueField("people_needed", N_("People needed"), Kind.WHOLE, form="course"),
    CatalogueField("original_number", N_("Original case number"), digits=True, card="course", form="case",
                   target="original_number", formerly=("Original case",)),
    CatalogueField("remark", N_("Remarks"), Kind.LONG, card="course", form="course", target="remark", several=True,
                   formerly=("Remark",)),
    CatalogueField("more", N_("Further information"), Kind.MAP,
                   formerly=("其他栏目", "Other columns of the docket (JSON)")),
    CatalogueField("type_code", "", technical="a part of the case number"),
    CatalogueField("serial", "", technical="a part of the case number"),
    CatalogueField("suffix", "", technical="a part of the case number"),
    CatalogueField("recognised", "", technical="whether the case number was understood"),
    CatalogueField("dispute_id", "", technical="the dispute that the case is a procedure of"),
))

DISPUTE = TableFields("dispute", N_("Dispute"), (
    CatalogueField("title", N_("Title of the dispute"), workbook=False),
))

PARTIES = TableFields("party", N_("Party"), (
    CatalogueField("side", N_("Side"), Kind.WORD, words=("party_side",), closed=True, required=True),
    CatalogueField("name", N_("Name of the party"), required=True, formerly=("名称", "Name")),
    CatalogueField("kind", N_("Kind of party"), Kind.WORD, words=("party_kind",), closed=True,
                   formerly=("Person or organisation",)),
    CatalogueField("credit_code", N_("Credit code"), digits=True),
    CatalogueField("id_number", N_("Number of the document"), mask=Mask.IDENTITY, digits=True,
                   formerly=("Identity number",)),
    CatalogueField("legal_representative", N_("Legal representative")),
    CatalogueField("address", N_("Domicile"), formerly=("Address",)),
    CatalogueField("court_case_id", "", technical="the case the row belongs to"),
    CatalogueField("place", "", technical="the order within the list"),
    CatalogueField("organisation_id", "", technical="the unit; a workbook names it in a column of its own"),
), child="parties")

AGENTS = TableFields("agent", N_("Agent"), (
    CatalogueField("name", N_("Name of the agent"), formerly=("代理人", "Agent")),
    CatalogueField("kind", N_("Kind of agent"), Kind.WORD, words=("agent_kind",), formerly=("Kind",)),
    CatalogueField("firm", N_("Firm of the agent"), formerly=("Firm as written",)),
    CatalogueField("relation", N_("Relation to the party")),
    CatalogueField("ended_on", N_("Agency ended"), Kind.DATE, formerly=("Ended on",)),
    CatalogueField("court_case_id", "", technical="the case the row belongs to"),
    CatalogueField("party_id", "", technical="the party; a workbook names it"),
    CatalogueField("firm_id", "", technical="the unit; a workbook names it in a column of its own"),
), child="agents")

PATENTS = TableFields("patent", N_("Patent"), (
    CatalogueField("number", N_("Patent number"), formerly=("Number",)),
    CatalogueField("kind", N_("Kind of patent"), Kind.WORD, words=("patent_kind",), formerly=("Kind",)),
    CatalogueField("title", N_("Title of the patent"), formerly=("名称", "Title")),
    CatalogueField("ipc", N_("IPC class"), Kind.LIST, target="ipc", several=True, formerly=("IPC symbols",)),
    CatalogueField("inventors", N_("Inventors"), Kind.LIST),
    CatalogueField("patentees", N_("Patentees"), Kind.LIST),
    CatalogueField("examiners", N_("Examiners"), Kind.LIST),
    CatalogueField("court_case_id", "", technical="the case the row belongs to"),
), child="patents")

CASE_FIELDS = TableFields("casefield", N_("Technical field of a case"), (
    CatalogueField("code", N_("Code of the technical field"), Kind.CODE, required=True, formerly=("Code",)),
    CatalogueField("main", N_("Main field"), Kind.YES_NO, formerly=("是否主领域",)),
    CatalogueField("origin", N_("Origin"), formerly=("given or recognised",)),
    CatalogueField("court_case_id", "", technical="the case the row belongs to"),
), child="fields_")

LINKS = TableFields("caselink", N_("Link between cases"), (
    CatalogueField("kind", N_("Kind of link"), Kind.WORD, words=("case_link",), closed=True,
                   formerly=("关联", "Link")),
    CatalogueField("source", N_("Ground of the link"), formerly=("依据", "Source")),
    CatalogueField("earlier_id", "", technical="the earlier case; a workbook gives its number"),
    CatalogueField("later_id", "", technical="the later case; a workbook gives its number"),
))

# draft fields that are no columns of the case: how it follows from the case named as its original
FOLLOWING = TableFields("", N_("Case"), (
    CatalogueField("link_kind", N_("Kind of link"), Kind.WORD, words=("case_link",)),
))

CASES = Catalogue("cases", CASE, (DISPUTE, PARTIES, AGENTS, PATENTS, CASE_FIELDS, LINKS), (
    NamedColumn("plaintiff", N_("Plaintiff"), several=True),
    NamedColumn("defendant", N_("Defendant"), several=True),
    NamedColumn("third_party", N_("Third party"), several=True),
    NamedColumn("parties", N_("Parties"), several=True),
    NamedColumn("agents", N_("Agents"), several=True),
    NamedColumn("plaintiff_agents", N_("Agents of the plaintiff"), several=True),
    NamedColumn("defendant_agents", N_("Agents of the defendant"), several=True),
    NamedColumn("patents", N_("Patents in suit"), several=True),
    NamedColumn("field", N_("Technical field"), several=True),
))
