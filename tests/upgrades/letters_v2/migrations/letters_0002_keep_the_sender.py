"""Keep the sender."""

import sqlalchemy as sa
from alembic import op

revision = "letters_0002"
down_revision = "letters_0001"


def upgrade() -> None:
    with op.batch_alter_table("letters") as letters:
        letters.add_column(sa.Column("sender", sa.Text(), nullable=True))
        letters.alter_column("body", new_column_name="text")
    op.execute("UPDATE letters SET sender = 'unknown'")
    with op.batch_alter_table("letters") as letters:
        letters.alter_column("sender", existing_type=sa.Text(), nullable=False)
        letters.create_index("letters_by_sender", ["world", "sender"])
