"""The first tables of Cymmetri, as they were before databases were numbered."""

import sqlalchemy as sa
from alembic import op

revision = "cymmetri_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("user_key", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("mobile_key", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "cif"),
    )
    op.create_index("accounts_by_email", "accounts", ["world", "email_key"])
    op.create_index("accounts_by_mobile", "accounts", ["world", "mobile_key"])
    op.create_index("accounts_by_user", "accounts", ["world", "user_key"], unique=True)
    op.create_table(
        "challenges",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("registration", sa.Text(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "number"),
    )
    op.create_index("challenges_by_customer", "challenges", ["world", "cif", "number"])
    op.create_table(
        "known_cards",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "key"),
    )
    op.create_table(
        "lockouts",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("under_way", sa.Text(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("blocked_until", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("world", "cif"),
    )
    op.create_table(
        "past_passwords",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "number"),
    )
    op.create_index("past_passwords_by_customer", "past_passwords", ["world", "cif", "number"])
    op.create_table(
        "registrations",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("token_number", sa.Integer(), nullable=False),
        sa.Column("token_expires_at", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("validated", sa.Text(), nullable=True),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("world", "id"),
    )
    op.create_index("registrations_by_customer", "registrations", ["world", "cif", "superseded"])
    op.create_table(
        "reservations",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "key"),
    )
    op.create_index("reservations_by_customer", "reservations", ["world", "cif"])
