"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "letters_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "number"),
    )
