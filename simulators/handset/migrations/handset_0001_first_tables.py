"""The first tables of the phones, as they were before databases were numbered."""

import sqlalchemy as sa
from alembic import op

revision = "handset_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "handsets",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("os", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("emcert_id", sa.Text(), nullable=False),
        sa.Column("registered", sa.Boolean(), nullable=False),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("last_event", sa.Text(), nullable=False),
        sa.Column("queued", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id"),
    )
