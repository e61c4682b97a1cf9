"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op

from expertpool.storage.dialects import create_search

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_account_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("owner_kind", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attachment_owner_id"), "attachment", ["owner_id"], unique=False)
    op.create_index(op.f("ix_attachment_owner_kind"), "attachment", ["owner_kind"], unique=False)
    op.create_table(
        "caselisting",
        sa.Column("court_case_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("sort_number", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("parties", sa.String(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("filed_on", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("serving", sa.Integer(), nullable=False),
        sa.Column("people_needed", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("court_case_id", name=op.f("pk_caselisting")),
    )
    op.create_index(op.f("ix_caselisting_filed_on"), "caselisting", ["filed_on"], unique=False)
    op.create_index(op.f("ix_caselisting_sort_number"), "caselisting", ["sort_number"], unique=False)
    op.create_index(op.f("ix_caselisting_state"), "caselisting", ["state"], unique=False)
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("uid", name=op.f("uq_dispute_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "importbatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_importbatch")),
        sa.UniqueConstraint("uid", name=op.f("uq_importbatch_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journalentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("changes_hash", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journalentry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journalentry_at"), "journalentry", ["at"], unique=False)
    op.create_index(op.f("ix_journalentry_undoes_id"), "journalentry", ["undoes_id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisation_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_credit_code"), "organisation", ["credit_code"], unique=False)
    op.create_index(op.f("ix_organisation_name"), "organisation", ["name"], unique=False)
    op.create_index(op.f("ix_organisation_name_key"), "organisation", ["name_key"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("former_name", sa.String(), nullable=False),
        sa.Column("name_note", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("birth", sa.String(), nullable=False),
        sa.Column("ethnicity", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("id_kind", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("wechat", sa.String(), nullable=False),
        sa.Column("qq", sa.String(), nullable=False),
        sa.Column("education", sa.String(), nullable=False),
        sa.Column("degree", sa.String(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("major", sa.String(), nullable=False),
        sa.Column("graduated", sa.String(), nullable=False),
        sa.Column("work_since", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_level", sa.String(), nullable=False),
        sa.Column("title_date", sa.String(), nullable=False),
        sa.Column("expert_no", sa.String(), nullable=False),
        sa.Column("hired", sa.String(), nullable=False),
        sa.Column("recommended_by", sa.String(), nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("unit_consent", sa.String(), nullable=False),
        sa.Column("own_consent", sa.String(), nullable=False),
        sa.Column("notice_given", sa.String(), nullable=False),
        sa.Column("secrecy", sa.String(), nullable=False),
        sa.Column("bank_name", sa.String(), nullable=False),
        sa.Column("bank_account", sa.String(), nullable=False),
        sa.Column("case_cap", sa.Integer(), nullable=True),
        sa.Column("age_exemption", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("state_since", sa.String(), nullable=False),
        sa.Column("experience", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_id_number"), "person", ["id_number"], unique=False)
    op.create_index(op.f("ix_person_merged_into_id"), "person", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_person_name"), "person", ["name"], unique=False)
    op.create_index(op.f("ix_person_state"), "person", ["state"], unique=False)
    op.create_table(
        "personlisting",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_rank", sa.Integer(), nullable=False),
        sa.Column("title_level", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("groups", sa.String(), nullable=False),
        sa.Column("specialties", sa.String(), nullable=False),
        sa.Column("term_end", sa.String(), nullable=False),
        sa.Column("open_cases", sa.Integer(), nullable=False),
        sa.Column("case_cap", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_personlisting")),
    )
    op.create_index(op.f("ix_personlisting_employer"), "personlisting", ["employer"], unique=False)
    op.create_index(op.f("ix_personlisting_open_cases"), "personlisting", ["open_cases"], unique=False)
    op.create_index(op.f("ix_personlisting_sort_name"), "personlisting", ["sort_name"], unique=False)
    op.create_index(op.f("ix_personlisting_state"), "personlisting", ["state"], unique=False)
    op.create_index(op.f("ix_personlisting_term_end"), "personlisting", ["term_end"], unique=False)
    op.create_index(op.f("ix_personlisting_title_rank"), "personlisting", ["title_rank"], unique=False)
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("effective_from", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_setting_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_setting_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "achievement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_achievement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_achievement")),
        sa.UniqueConstraint("uid", name=op.f("uq_achievement_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_achievement_person_id"), "achievement", ["person_id"], unique=False)
    op.create_table(
        "courtcase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("number_raw", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("court_code", sa.String(), nullable=False),
        sa.Column("type_code", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("recognised", sa.Boolean(), nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("cause_code", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("cause_version", sa.String(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("judge", sa.String(), nullable=False),
        sa.Column("panel", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("filed_on", sa.String(), nullable=False),
        sa.Column("hearing_on", sa.String(), nullable=False),
        sa.Column("deliberation_on", sa.String(), nullable=False),
        sa.Column("judged_on", sa.String(), nullable=False),
        sa.Column("closed_on", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("role_needed", sa.String(), nullable=False),
        sa.Column("people_needed", sa.Integer(), nullable=False),
        sa.Column("original_number", sa.String(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name=op.f("fk_courtcase_dispute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courtcase")),
        sa.UniqueConstraint("number", name=op.f("uq_courtcase_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_courtcase_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_courtcase_dispute_id"), "courtcase", ["dispute_id"], unique=False)
    op.create_index(op.f("ix_courtcase_filed_on"), "courtcase", ["filed_on"], unique=False)
    op.create_index(op.f("ix_courtcase_state"), "courtcase", ["state"], unique=False)
    op.create_index(op.f("ix_courtcase_year"), "courtcase", ["year"], unique=False)
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.String(), nullable=False),
        sa.Column("valid_until", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_declaration_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("uid", name=op.f("uq_declaration_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_declaration_court_case_id"), "declaration", ["court_case_id"], unique=False)
    op.create_index(op.f("ix_declaration_person_id"), "declaration", ["person_id"], unique=False)
    op.create_table(
        "employment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_employment_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_employment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employment")),
        sa.UniqueConstraint("uid", name=op.f("uq_employment_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_employment_organisation_id"), "employment", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_employment_person_id"), "employment", ["person_id"], unique=False)
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_evaluation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("uid", name=op.f("uq_evaluation_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_evaluation_assignment_id"), "evaluation", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_evaluation_person_id"), "evaluation", ["person_id"], unique=False)
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("unlisted", sa.Boolean(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("declared_on", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_interest_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_interest_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("uid", name=op.f("uq_interest_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_interest_kind"), "interest", ["kind"], unique=False)
    op.create_index(op.f("ix_interest_name"), "interest", ["name"], unique=False)
    op.create_index(op.f("ix_interest_organisation_id"), "interest", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_interest_person_id"), "interest", ["person_id"], unique=False)
    op.create_table(
        "journalchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journalentry.id"], name=op.f("fk_journalchange_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journalchange")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journalchange_entry_id"), "journalchange", ["entry_id"], unique=False)
    op.create_index(op.f("ix_journalchange_first_id"), "journalchange", ["first_id"], unique=False)
    op.create_index(op.f("ix_journalchange_last_id"), "journalchange", ["last_id"], unique=False)
    op.create_index(op.f("ix_journalchange_table_name"), "journalchange", ["table_name"], unique=False)
    op.create_table(
        "licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("issued", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_licence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
        sa.UniqueConstraint("uid", name=op.f("uq_licence_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_licence_number"), "licence", ["number"], unique=False)
    op.create_index(op.f("ix_licence_person_id"), "licence", ["person_id"], unique=False)
    op.create_table(
        "organisationalias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("alias_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisationalias_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisationalias")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisationalias_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisationalias_alias_key"), "organisationalias", ["alias_key"], unique=False)
    op.create_index(
        op.f("ix_organisationalias_organisation_id"), "organisationalias", ["organisation_id"], unique=False
    )
    op.create_table(
        "organisationlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("upper_id", sa.Integer(), nullable=False),
        sa.Column("lower_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["lower_id"], ["organisation.id"], name=op.f("fk_organisationlink_lower_id")),
        sa.ForeignKeyConstraint(["upper_id"], ["organisation.id"], name=op.f("fk_organisationlink_upper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisationlink")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisationlink_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisationlink_lower_id"), "organisationlink", ["lower_id"], unique=False)
    op.create_index(op.f("ix_organisationlink_upper_id"), "organisationlink", ["upper_id"], unique=False)
    op.create_table(
        "personfield",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_personfield_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personfield")),
        sa.UniqueConstraint("uid", name=op.f("uq_personfield_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_personfield_code"), "personfield", ["code"], unique=False)
    op.create_index(op.f("ix_personfield_person_id"), "personfield", ["person_id"], unique=False)
    op.create_table(
        "phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_phone_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
        sa.UniqueConstraint("uid", name=op.f("uq_phone_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_phone_number"), "phone", ["number"], unique=False)
    op.create_index(op.f("ix_phone_person_id"), "phone", ["person_id"], unique=False)
    op.create_table(
        "roleterm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("certificate_no", sa.String(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("term_text", sa.String(), nullable=False),
        sa.Column("renewals", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("decision_no", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roleterm_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roleterm")),
        sa.UniqueConstraint("uid", name=op.f("uq_roleterm_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roleterm_person_id"), "roleterm", ["person_id"], unique=False)
    op.create_index(op.f("ix_roleterm_role"), "roleterm", ["role"], unique=False)
    op.create_table(
        "specialty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_specialty_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specialty")),
        sa.UniqueConstraint("uid", name=op.f("uq_specialty_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_specialty_person_id"), "specialty", ["person_id"], unique=False)
    op.create_table(
        "unavailability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.String(), nullable=False),
        sa.Column("end", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unavailability_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unavailability")),
        sa.UniqueConstraint("uid", name=op.f("uq_unavailability_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unavailability_person_id"), "unavailability", ["person_id"], unique=False)
    op.create_table(
        "valuesource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_valuesource_batch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_valuesource_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_valuesource")),
        sa.UniqueConstraint("uid", name=op.f("uq_valuesource_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_valuesource_batch_id"), "valuesource", ["batch_id"], unique=False)
    op.create_index(op.f("ix_valuesource_person_id"), "valuesource", ["person_id"], unique=False)
    op.create_table(
        "casefield",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["court_case_id"], ["courtcase.id"], name=op.f("fk_casefield_court_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_casefield")),
        sa.UniqueConstraint("uid", name=op.f("uq_casefield_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_casefield_code"), "casefield", ["code"], unique=False)
    op.create_index(op.f("ix_casefield_court_case_id"), "casefield", ["court_case_id"], unique=False)
    op.create_table(
        "caselink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["earlier_id"], ["courtcase.id"], name=op.f("fk_caselink_earlier_id")),
        sa.ForeignKeyConstraint(["later_id"], ["courtcase.id"], name=op.f("fk_caselink_later_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caselink")),
        sa.UniqueConstraint("uid", name=op.f("uq_caselink_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_caselink_earlier_id"), "caselink", ["earlier_id"], unique=False)
    op.create_index(op.f("ix_caselink_later_id"), "caselink", ["later_id"], unique=False)
    op.create_table(
        "checkrecord",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("checked_at", sa.String(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("overrides", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_case_id"], ["courtcase.id"], name=op.f("fk_checkrecord_court_case_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_checkrecord_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkrecord")),
        sa.UniqueConstraint("uid", name=op.f("uq_checkrecord_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_checkrecord_court_case_id"), "checkrecord", ["court_case_id"], unique=False)
    op.create_index(op.f("ix_checkrecord_person_id"), "checkrecord", ["person_id"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=False),
        sa.Column("legal_representative", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["court_case_id"], ["courtcase.id"], name=op.f("fk_party_court_case_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_party_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("uid", name=op.f("uq_party_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_party_court_case_id"), "party", ["court_case_id"], unique=False)
    op.create_index(op.f("ix_party_name"), "party", ["name"], unique=False)
    op.create_index(op.f("ix_party_organisation_id"), "party", ["organisation_id"], unique=False)
    op.create_table(
        "patent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("ipc", sa.JSON(), nullable=False),
        sa.Column("inventors", sa.JSON(), nullable=False),
        sa.Column("patentees", sa.JSON(), nullable=False),
        sa.Column("examiners", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["court_case_id"], ["courtcase.id"], name=op.f("fk_patent_court_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patent")),
        sa.UniqueConstraint("uid", name=op.f("uq_patent_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_patent_court_case_id"), "patent", ["court_case_id"], unique=False)
    op.create_index(op.f("ix_patent_number"), "patent", ["number"], unique=False)
    op.create_table(
        "agent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("firm", sa.String(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("ended_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["court_case_id"], ["courtcase.id"], name=op.f("fk_agent_court_case_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["organisation.id"], name=op.f("fk_agent_firm_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_agent_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("uid", name=op.f("uq_agent_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agent_court_case_id"), "agent", ["court_case_id"], unique=False)
    op.create_index(op.f("ix_agent_firm_id"), "agent", ["firm_id"], unique=False)
    op.create_index(op.f("ix_agent_name"), "agent", ["name"], unique=False)
    op.create_index(op.f("ix_agent_party_id"), "agent", ["party_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("appointed_on", sa.String(), nullable=False),
        sa.Column("notified_on", sa.String(), nullable=False),
        sa.Column("answered_on", sa.String(), nullable=False),
        sa.Column("opinion_due", sa.String(), nullable=False),
        sa.Column("opinion_signed_on", sa.String(), nullable=False),
        sa.Column("ended_on", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("check_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checkrecord.id"], name=op.f("fk_assignment_check_id")),
        sa.ForeignKeyConstraint(
            ["court_case_id"], ["courtcase.id"], name=op.f("fk_assignment_court_case_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["assignment.id"], name=op.f("fk_assignment_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("uid", name=op.f("uq_assignment_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assignment_appointed_on"), "assignment", ["appointed_on"], unique=False)
    op.create_index(op.f("ix_assignment_check_id"), "assignment", ["check_id"], unique=False)
    op.create_index(op.f("ix_assignment_court_case_id"), "assignment", ["court_case_id"], unique=False)
    op.create_index(op.f("ix_assignment_person_id"), "assignment", ["person_id"], unique=False)
    op.create_index(op.f("ix_assignment_replaces_id"), "assignment", ["replaces_id"], unique=False)
    op.create_index(op.f("ix_assignment_role"), "assignment", ["role"], unique=False)
    op.create_index(op.f("ix_assignment_state"), "assignment", ["state"], unique=False)
    op.create_table(
        "assignmentevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignmentevent_assignment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignmentevent")),
        sa.UniqueConstraint("uid", name=op.f("uq_assignmentevent_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_assignmentevent_assignment_id"), "assignmentevent", ["assignment_id"], unique=False
    )
    op.create_table(
        "recusalapplication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("received_on", sa.String(), nullable=False),
        sa.Column("suspended_from", sa.String(), nullable=False),
        sa.Column("decided_on", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("reconsideration", sa.String(), nullable=False),
        sa.Column("reconsidered_on", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_recusalapplication_assignment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusalapplication")),
        sa.UniqueConstraint("uid", name=op.f("uq_recusalapplication_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_recusalapplication_assignment_id"), "recusalapplication", ["assignment_id"], unique=False
    )
    create_search(op.get_bind())
