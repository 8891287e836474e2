"""A line that nobody has on file may be rung back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    with op.batch_alter_table("wanted_calls") as table:
        table.alter_column("customer_id", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    """The same step down; what was wanted of strangers goes with it."""
    op.execute("DELETE FROM wanted_calls WHERE customer_id IS NULL")
    with op.batch_alter_table("wanted_calls") as table:
        table.alter_column("customer_id", existing_type=sa.Uuid(), nullable=False)
