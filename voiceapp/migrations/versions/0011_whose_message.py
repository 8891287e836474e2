"""A message names the link that it rests on; the rings of a telephone are counted by its calls."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("link_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("scope", sa.String(length=40), nullable=True))
        table.create_foreign_key(op.f("fk_messages_link_id"), "links", ["link_id"], ["id"])
        table.create_index(op.f("ix_messages_link_id"), ["link_id"])
    with op.batch_alter_table("link_requests") as table:
        table.drop_column("rung")


def downgrade() -> None:
    """The same step down; whether a wish was rung is forgotten."""
    with op.batch_alter_table("link_requests") as table:
        table.add_column(
            sa.Column("rung", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("messages") as table:
        table.drop_index(op.f("ix_messages_link_id"))
        table.drop_constraint(op.f("fk_messages_link_id"), type_="foreignkey")
        table.drop_column("scope")
        table.drop_column("link_id")
