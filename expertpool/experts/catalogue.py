"""The catalogue of a person's fields (专家的字段): each field with its names, its type and where it appears.

Tables, drafts and their base models hold the columns; all other code reads the names and types of fields here. To add
a field, see CONTRIBUTING.md.
"""

from expertpool.foundation.language import N_
from expertpool.rules.field_catalogue import Catalogue, CatalogueField, Kind, Mask, NamedColumn, TableFields

PERSON = TableFields("person", N_("Expert"), (
    CatalogueField("name", N_("Name"), required=True, form="person", target="name", personal=True, roster="name"),
    CatalogueField("former_name", N_("Former name"), target="former_name", personal=True),
    CatalogueField("name_note", N_("Note on the name"), formerly=("Note beside the name",)),
    CatalogueField("gender", N_("Gender"), Kind.WORD, words=("gender",), form="person", target="gender",
                   roster="gender"),
    CatalogueField("birth", N_("Date of birth"), Kind.DATE, formerly=("Born",), never_in=("public",), card="person",
                   form="person", target="birth", personal=True, roster="birth"),
    CatalogueField("ethnicity", N_("Ethnicity"), Kind.WORD, words=("ethnicity",), card="person", target="ethnicity"),
    CatalogueField("party", N_("Political affiliation"), Kind.WORD, words=("party",), card="person", target="party"),
    CatalogueField("id_kind", N_("Kind of identity document"), Kind.WORD, words=("id_kind",), target="id_kind",
                   formerly=("Kind of identity paper",)),
    CatalogueField("id_number", N_("Identity number"), mask=Mask.IDENTITY, never_in=("public", "shared"),
                   digits=True, card="masked", form="person", target="id_number", personal=True, roster="id_number"),
    CatalogueField("title", N_("Professional title"), form="person", target="title", roster="title"),
    CatalogueField("title_level", N_("Level of title"), Kind.WORD, words=("title_level",), form="person",
                   target="title_level", formerly=("Level of the title",)),
    CatalogueField("title_date", N_("Title since"), Kind.DATE, target="title_date", formerly=("Title given",)),
    CatalogueField("education", N_("Education"), Kind.WORD, words=("education",), form="person", target="education",
                   roster="education"),
    CatalogueField("degree", N_("Degree"), Kind.WORD, words=("degree",), form="person", target="degree"),
    CatalogueField("school", N_("School"), form="person", target="school"),
    CatalogueField("major", N_("Subject studied"), form="person", target="major", formerly=("Major",)),
    CatalogueField("graduated", N_("Graduated"), Kind.DATE, target="graduated"),
    CatalogueField("work_since", N_("At work since"), target="work_since", formerly=("Working since",)),
    CatalogueField("email", N_("E-mail"), card="person", form="contact", target="email", several=True,
                   personal=True),
    CatalogueField("address", N_("Address"), mask=Mask.ADDRESS, never_in=("public",), card="person", form="contact",
                   target="address"),
    CatalogueField("postcode", N_("Postcode"), digits=True, form="contact", target="postcode",
                   formerly=("邮政编码",)),
    CatalogueField("wechat", N_("WeChat"), digits=True, card="person", form="contact", target="wechat",
                   personal=True),
    CatalogueField("qq", N_("QQ number"), digits=True, card="person", form="contact", target="qq", personal=True,
                   formerly=("QQ",)),
    CatalogueField("expert_no", N_("Expert number"), digits=True, card="person", form="person",
                   target="expert_no", personal=True, formerly=("Expert card no.", "专家编号")),
    CatalogueField("hired", N_("Admitted on"), Kind.DATE, card="person", target="hired",
                   formerly=("In the pool since",)),
    CatalogueField("recommended_by", N_("Recommended by"), card="person", target="recommended_by"),
    CatalogueField("recommendation", N_("Recommendation"), Kind.WORD, words=("recommendation",), form="person",
                   formerly=("How recommended",)),
    CatalogueField("unit_consent", N_("Consent of the unit"), form="person"),
    CatalogueField("own_consent", N_("Own consent"), form="person"),
    CatalogueField("notice_given", N_("Told how data is used"), formerly=("Privacy notice given",)),
    CatalogueField("secrecy", N_("Access to secrets"), target="secret", formerly=("Secrecy",)),
    CatalogueField("bank_name", N_("Bank"), never_in=("public", "shared"), card="person", target="bank_name",
                   roster="bank_name"),
    CatalogueField("bank_account", N_("Bank account"), mask=Mask.BANK, never_in=("public", "shared"), digits=True,
                   card="masked", target="bank_account", personal=True, roster="bank_account"),
    CatalogueField("case_cap", N_("Most cases in hand"), Kind.WHOLE, form="person",
                   formerly=("Open cases at most",)),
    CatalogueField("age_exemption", N_("Age exemption"), form="person",
                   formerly=("Why the age limit is waived",)),
    CatalogueField("state", N_("Standing"), Kind.WORD, words=("person_state",), closed=True),
    CatalogueField("state_reason", N_("Reason of the standing")),
    CatalogueField("state_since", N_("Standing since"), Kind.DATE),
    CatalogueField("experience", N_("Work experience"), Kind.LONG, card="person", form="further",
                   target="experience", several=True, formerly=("Experience",)),
    CatalogueField("remark", N_("Remarks"), Kind.LONG, card="person", form="further", target="remark", several=True,
                   roster="remark", formerly=("Remark",)),
    CatalogueField("more", N_("Further information"), Kind.MAP,
                   formerly=("其他栏目", "Other columns of the roster (JSON)")),
    CatalogueField("merged_into_id", "", technical="whom it was merged into; a workbook gives the system number"),
))

PHONES = TableFields("phone", N_("Telephone"), (
    CatalogueField("kind", N_("Kind of telephone"), Kind.WORD, words=("phone_kind",), formerly=("Kind",)),
    CatalogueField("number", N_("Telephone"), required=True, mask=Mask.PHONE, never_in=("public", "shared"),
                   digits=True, target="phone", several=True, personal=True, formerly=("号码", "Number")),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
    CatalogueField("place", "", technical="the order within the list"),
), child="phones")

ROLES = TableFields("roleterm", N_("Role and term"), (
    CatalogueField("role", N_("Category of expert"), Kind.WORD, words=("role",), closed=True, required=True,
                   target="role", several=True, roster="roles", formerly=("Role",)),
    CatalogueField("mode", N_("Kind of service"), Kind.WORD, words=("mode",), target="mode", formerly=("Mode",)),
    CatalogueField("body", N_("Appointing body")),
    CatalogueField("certificate_no", N_("Number of the letter of appointment"), digits=True, target="certificate_no",
                   personal=True, formerly=("Certificate no.",)),
    CatalogueField("start", N_("Term begins"), Kind.DATE, target="term_start", formerly=("From",)),
    CatalogueField("end", N_("End of the term"), Kind.DATE, target="term_end", formerly=("Until",)),
    CatalogueField("term_text", N_("Term as written")),
    CatalogueField("renewals", N_("Renewals"), Kind.WHOLE),
    CatalogueField("state", N_("State of the term"), Kind.WORD, words=("role_state",), closed=True, target="status",
                   formerly=("State",)),
    CatalogueField("end_reason", N_("Why the term ended"), Kind.WORD, words=("end_reason",),
                   formerly=("Why it ended",)),
    CatalogueField("decision_no", N_("Number of the decision"), formerly=("Decision no.",)),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
), child="roles")

EMPLOYMENTS = TableFields("employment", N_("Employment"), (
    CatalogueField("employer", N_("Employer"), required=True, target="employer", roster="employer",
                   formerly=("Unit as written",)),
    CatalogueField("department", N_("Department"), target="department"),
    CatalogueField("position", N_("Position"), target="position", roster="position"),
    CatalogueField("start", N_("Employed from"), Kind.DATE, formerly=("From",)),
    CatalogueField("end", N_("Employed until"), Kind.DATE, formerly=("Until",)),
    CatalogueField("current", N_("Current"), Kind.YES_NO, formerly=("是否现任", "Present")),
    CatalogueField("retired", N_("Retired"), Kind.YES_NO, formerly=("是否退休",)),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
    CatalogueField("organisation_id", "", technical="the unit; a workbook names it in a column of its own"),
), child="employments")

FIELDS = TableFields("personfield", N_("Technical field"), (
    CatalogueField("code", N_("Code of the technical field"), Kind.CODE, required=True, formerly=("Code",)),
    CatalogueField("main", N_("Main field"), Kind.YES_NO, formerly=("是否主领域",)),
    CatalogueField("origin", N_("Origin"), formerly=("given, recognised or confirmed",)),
    CatalogueField("words", N_("Words it was recognised by")),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
), child="fields_", roster="fields")

SPECIALTIES = TableFields("specialty", N_("Specialities"), (
    CatalogueField("text", N_("Speciality"), required=True, target="specialty", several=True),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
    CatalogueField("place", "", technical="the order within the list"),
), child="specialties", roster="specialties")

LICENCES = TableFields("licence", N_("Licence"), (
    CatalogueField("kind", N_("Kind of licence"), target="licence_kind", formerly=("Kind",)),
    CatalogueField("number", N_("Licence number"), digits=True, target="licence_number", formerly=("Number",)),
    CatalogueField("body", N_("Licensing authority"), target="licence_body", formerly=("执业机构", "Body")),
    CatalogueField("source", N_("Source of the qualification"), Kind.WORD, words=("licence_source",),
                   formerly=("Source",)),
    CatalogueField("issued", N_("Licence issued"), Kind.DATE, target="licence_issued", formerly=("Issued",)),
    CatalogueField("until", N_("Licence valid until"), Kind.DATE, target="licence_until", formerly=("Valid until",)),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
), child="licences")

INTERESTS = TableFields("interest", N_("Interest"), (
    CatalogueField("kind", N_("Kind of interest"), Kind.WORD, words=("interest",), closed=True, required=True,
                   formerly=("Kind",)),
    CatalogueField("relation", N_("Relation"), Kind.WORD, words=("relation", "case_role"),
                   formerly=("Relation (of a relative) or role (in a case)",)),
    CatalogueField("name", N_("Name or number"), formerly=("Name of the person, number of the patent or case",)),
    CatalogueField("id_number", N_("Number of the document"), mask=Mask.IDENTITY, formerly=("Identity number",)),
    CatalogueField("unit", N_("Unit concerned"), formerly=("单位", "Unit as written")),
    CatalogueField("detail", N_("Details"), formerly=("Detail",)),
    CatalogueField("unlisted", N_("Not listed on an exchange"), Kind.YES_NO),
    CatalogueField("start", N_("From"), Kind.DATE, formerly=("自",)),
    CatalogueField("end", N_("Until"), Kind.DATE, formerly=("至",)),
    CatalogueField("declared_on", N_("Declared on"), Kind.DATE),
    CatalogueField("source", N_("Origin"), formerly=("Source",)),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
    CatalogueField("organisation_id", "", technical="the unit; a workbook names it in a column of its own"),
), child="interests")

UNAVAILABLE = TableFields("unavailability", N_("Not available"), (
    CatalogueField("start", N_("From"), Kind.DATE, formerly=("自",)),
    CatalogueField("end", N_("Until"), Kind.DATE, formerly=("至",)),
    CatalogueField("reason", N_("Reason"), Kind.WORD, words=("unavailability",)),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
), child="unavailable")

ACHIEVEMENTS = TableFields("achievement", N_("Achievements"), (
    CatalogueField("kind", N_("Kind of achievement"), formerly=("类别", "Kind")),
    CatalogueField("text", N_("Chief achievements"), Kind.LONG, required=True, target="achievements", several=True,
                   formerly=("内容", "Text")),
    CatalogueField("date", N_("When")),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
), child="achievements")

EVALUATIONS = TableFields("evaluation", N_("Evaluation"), (
    CatalogueField("year", N_("Year of the assessment"), Kind.WHOLE, formerly=("年度", "Year")),
    CatalogueField("grade", N_("Grade"), Kind.WORD, words=("grade",)),
    CatalogueField("score", N_("Score given"), Kind.NUMBER, formerly=("Score",)),
    CatalogueField("by", N_("Assessed by"), formerly=("By",)),
    CatalogueField("note", N_("Comment"), Kind.LONG, formerly=("Note",)),
    CatalogueField("person_id", "", technical="the person the row belongs to"),
    CatalogueField("assignment_id", "", technical="the assignment; a workbook gives its number"),
))

# draft fields that are no columns: the kind of a unit that is new to the pool
NEW_UNIT = TableFields("", N_("Unit"), (
    CatalogueField("employer_kind", N_("Kind of employer"), Kind.WORD, words=("organisation_kind",)),
))

EXPERTS = Catalogue("experts", PERSON, (
    PHONES, ROLES, EMPLOYMENTS, FIELDS, SPECIALTIES, LICENCES, INTERESTS, UNAVAILABLE,
    ACHIEVEMENTS, EVALUATIONS,
), (
    NamedColumn("age", N_("Age"), personal=True),
    NamedColumn("employer_kind", N_("Kind of employer"), words=("organisation_kind",)),
    NamedColumn("industry", N_("Line of business")),
    NamedColumn("mobile", N_("Mobile"), digits=True, roster="phone", never_in=("public", "shared"), several=True,
                personal=True),
    NamedColumn("landline", N_("Office telephone"), digits=True, several=True, personal=True),
    NamedColumn("fax", N_("Fax"), digits=True, several=True),
    NamedColumn("field_code", N_("IPC symbols"), several=True),
    NamedColumn("avoid_units", N_("Units to avoid"), several=True),
    NamedColumn("avoid_persons", N_("Persons to avoid"), several=True),
    NamedColumn("term", N_("Term of appointment"), roster="term"),
    NamedColumn("education_degree", N_("Education and degree"), parts=("education", "degree")),
    NamedColumn("position_title", N_("Position and title"), parts=("position", "title"), roster="position_title"),
    NamedColumn("contact", N_("Telephone and e-mail"), parts=("mobile", "landline", "email"), digits=True,
                several=True, personal=True),
    NamedColumn("school_major", N_("School and subject"), parts=("school", "major")),
    NamedColumn("school_major_graduated", N_("School, subject and year"), parts=("school", "major", "graduated")),
    NamedColumn("name_employer", N_("Name and employer"), parts=("name", "employer"), personal=True),
    NamedColumn("name_gender", N_("Name and gender"), parts=("name", "gender"), personal=True),
    NamedColumn("employer_position_title", N_("Employer, position and title"),
                parts=("employer", "position", "title")),
    NamedColumn("employer_department", N_("Employer and department"), parts=("employer", "department")),
    NamedColumn("gender_birth", N_("Gender and birth"), parts=("gender", "birth"), personal=True),
    NamedColumn("ethnicity_party", N_("Ethnicity and party"), parts=("ethnicity", "party")),
    NamedColumn("birth_age", N_("Birth and age"), parts=("birth", "age"), personal=True),
    NamedColumn("licence_range", N_("Licence valid from and until"), parts=("licence_issued", "licence_until")),
    NamedColumn("number", N_("No."), roster="number", target=False),
    NamedColumn("open_cases", N_("In hand"), roster="open_cases", target=False),
))
