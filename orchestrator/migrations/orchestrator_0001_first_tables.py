"""The first tables of the middleware, as they were before databases were numbered."""

import sqlalchemy as sa
from alembic import op

revision = "orchestrator_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("claimed_until", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=True),
        sa.Column("branches", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("world", "key"),
    )
    op.create_table(
        "history",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "registration", "number"),
    )
    op.create_table(
        "pushes",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id"),
    )
    op.create_table(
        "registrations",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("flow", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("last_outcome", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id"),
    )
    op.create_table(
        "scenarios",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("expansion", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world"),
    )
    op.create_index("scenarios_by_name", "scenarios", ["name"])
    op.create_table(
        "sign_ups",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "reference"),
    )
