"""Accounts sign in: password, lock-out, courts, remembered user of the computer."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("account", "court")
    op.add_column("account", sa.Column("courts", sa.JSON(), nullable=False, server_default="[]"))
    for name in ("password_hash", "password_changed_at", "locked_until", "os_user", "last_signed_in_at"):
        op.add_column("account", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("account", sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("account", sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_account_os_user"), "account", ["os_user"], unique=False)
