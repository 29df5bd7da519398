"""The first tables of the mailroom, as they were before databases were numbered."""

import sqlalchemy as sa
from alembic import op

revision = "mailroom_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("dedupe", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "number"),
    )
    op.create_index("messages_by_dedupe", "messages", ["world", "dedupe"], unique=True)
    op.create_index("messages_by_recipient", "messages", ["world", "to", "number"])
