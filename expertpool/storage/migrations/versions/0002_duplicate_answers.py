"""Answers about possible duplicates, and rows of imports that wait for one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duplicateanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_duplicateanswer_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duplicateanswer_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicateanswer")),
        sa.UniqueConstraint("uid", name=op.f("uq_duplicateanswer_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_duplicateanswer_fingerprint"), "duplicateanswer", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_duplicateanswer_other_id"), "duplicateanswer", ["other_id"], unique=False)
    op.create_index(op.f("ix_duplicateanswer_person_id"), "duplicateanswer", ["person_id"], unique=False)
    op.create_table(
        "waitingrow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("changed_at", sa.String(length=24), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["importbatch.id"], name=op.f("fk_waitingrow_batch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waitingrow_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitingrow")),
        sa.UniqueConstraint("uid", name=op.f("uq_waitingrow_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_waitingrow_batch_id"), "waitingrow", ["batch_id"], unique=False)
    op.create_index(op.f("ix_waitingrow_fingerprint"), "waitingrow", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_waitingrow_person_id"), "waitingrow", ["person_id"], unique=False)
    op.create_index(op.f("ix_waitingrow_state"), "waitingrow", ["state"], unique=False)
