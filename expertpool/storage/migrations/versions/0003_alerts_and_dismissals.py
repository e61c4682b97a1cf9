"""Alerts, dismissed findings, answers about unit names; more of declarations and applications for recusal."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisationanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("first_key", sa.String(), nullable=False),
        sa.Column("second_key", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisationanswer")),
        sa.UniqueConstraint("uid", name=op.f("uq_organisationanswer_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisationanswer_first_key"), "organisationanswer", ["first_key"], unique=False)
    op.create_index(op.f("ix_organisationanswer_second_key"), "organisationanswer", ["second_key"], unique=False)
    op.create_table(
        "dismissal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["court_case_id"], ["courtcase.id"], name=op.f("fk_dismissal_court_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dismissal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissal")),
        sa.UniqueConstraint("uid", name=op.f("uq_dismissal_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_dismissal_court_case_id"), "dismissal", ["court_case_id"], unique=False)
    op.create_index(op.f("ix_dismissal_key"), "dismissal", ["key"], unique=False)
    op.create_index(op.f("ix_dismissal_person_id"), "dismissal", ["person_id"], unique=False)
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("found_at", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_alert_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("uid", name=op.f("uq_alert_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alert_assignment_id"), "alert", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_alert_key"), "alert", ["key"], unique=False)
    op.create_index(op.f("ix_alert_state"), "alert", ["state"], unique=False)
    op.add_column("declaration", sa.Column("form", sa.String(), nullable=False, server_default=""))
    op.add_column("declaration", sa.Column("answers", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("declaration", sa.Column("source", sa.String(), nullable=False, server_default=""))
    op.add_column("recusalapplication", sa.Column("side", sa.String(), nullable=False, server_default=""))
    op.add_column("recusalapplication", sa.Column("form", sa.String(), nullable=False, server_default=""))
    op.add_column("recusalapplication", sa.Column("ground_code", sa.String(), nullable=False, server_default=""))
    op.add_column("recusalapplication", sa.Column("urgent", sa.String(), nullable=False, server_default=""))
    op.add_column("recusalapplication", sa.Column("decide_by", sa.String(), nullable=False, server_default=""))
    op.add_column("recusalapplication", sa.Column("decision_reason", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "recusalapplication", sa.Column("reconsideration_asked_on", sa.String(), nullable=False, server_default="")
    )
    op.add_column("recusalapplication", sa.Column("reconsider_by", sa.String(), nullable=False, server_default=""))
    op.add_column(
        "recusalapplication", sa.Column("reconsideration_reason", sa.String(), nullable=False, server_default="")
    )
