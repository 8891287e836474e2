"""What was taken off a tab or the cash is written down like what the firm gives back."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    with op.batch_alter_table("refunds") as table:
        table.alter_column("attempt_id", existing_type=sa.Uuid(), nullable=True)
        table.create_index(op.f("ix_refunds_line_id"), ["line_id"])


def downgrade() -> None:
    """The same step down; what no firm gave back is forgotten."""
    op.execute("DELETE FROM refunds WHERE attempt_id IS NULL")
    with op.batch_alter_table("refunds") as table:
        table.drop_index(op.f("ix_refunds_line_id"))
        table.alter_column("attempt_id", existing_type=sa.Uuid(), nullable=False)
