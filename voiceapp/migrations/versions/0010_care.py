"""What somebody who comes to help in an emergency must know."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "care",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("illnesses", sa.LargeBinary(), nullable=False),
        sa.Column("neighbours", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_care_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_care")),
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_table("care")
