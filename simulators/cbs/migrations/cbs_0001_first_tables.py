"""The first tables of the core banking system, as they were before databases were numbered."""

import sqlalchemy as sa
from alembic import op

revision = "cbs_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("expiry", sa.Text(), nullable=False),
        sa.Column("pin", sa.Text(), nullable=True),
        sa.Column("cvv", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("world", "card_id"),
    )
    op.create_index("cards_by_customer", "cards", ["world", "cif"])
    op.create_index("cards_by_number", "cards", ["world", "number"], unique=True)
    op.create_table(
        "customers",
        sa.Column("world", sa.Text(), nullable=False),
        sa.Column("cif", sa.Text(), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("user_key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("world", "cif"),
    )
    op.create_index("customers_by_email", "customers", ["world", "email_key"])
    op.create_index("customers_by_mobile", "customers", ["world", "mobile"])
    op.create_index("customers_by_user_id", "customers", ["world", "user_key"], unique=True)
