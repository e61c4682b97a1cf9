"""Draws by lot and what those drawn answered."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("court_case_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("frozen_by", sa.String(), nullable=False),
        sa.Column("operator_half", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("witness_half", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("drawn_at", sa.String(), nullable=False),
        sa.Column("void_ground", sa.String(), nullable=False),
        sa.Column("void_by", sa.String(), nullable=False),
        sa.Column("void_at", sa.String(), nullable=False),
        sa.Column("opened_by", sa.JSON(), nullable=False),
        sa.Column("opened_reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["court_case_id"], ["courtcase.id"], name=op.f("fk_draw_court_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("uid", name=op.f("uq_draw_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_draw_court_case_id"), "draw", ["court_case_id"], unique=False)
    op.create_index(op.f("ix_draw_role"), "draw", ["role"], unique=False)
    op.create_index(op.f("ix_draw_state"), "draw", ["state"], unique=False)
    op.create_table(
        "drawanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_drawanswer_assignment_id")),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_drawanswer_draw_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["drawanswer.id"], name=op.f("fk_drawanswer_follows_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_drawanswer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawanswer")),
        sa.UniqueConstraint("follows_id", name=op.f("uq_drawanswer_follows_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_drawanswer_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_drawanswer_assignment_id"), "drawanswer", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_drawanswer_draw_id"), "drawanswer", ["draw_id"], unique=False)
    op.create_index(op.f("ix_drawanswer_person_id"), "drawanswer", ["person_id"], unique=False)
