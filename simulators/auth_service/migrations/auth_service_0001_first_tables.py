"""The first tables of the Auth Service, as they were before databases were numbered."""

import sqlalchemy as sa
from alembic import op

revision = "auth_service_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("em_cert_id", sa.Text(), nullable=False),
        sa.Column("user_key", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "em_cert_id"),
    )
    op.create_index("devices_by_user", "devices", ["world", "user_key"])
    op.create_table(
        "users",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("cif", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("world", "key"),
    )
