"""Calls and their turns."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.LargeBinary(), nullable=True),
        sa.Column("number_index", sa.String(length=64), nullable=True),
        sa.Column("line", sa.String(length=64), nullable=True),
        sa.Column("firm_sid", sa.String(length=64), nullable=True),
        sa.Column("talk", sa.LargeBinary(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=24), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end", sa.String(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_calls_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("firm_sid", name=op.f("uq_calls_firm_sid")),
        sa.UniqueConstraint("line", name=op.f("uq_calls_line")),
    )
    op.create_index(op.f("ix_calls_began_at"), "calls", ["began_at"], unique=False)
    op.create_index(op.f("ix_calls_number_index"), "calls", ["number_index"], unique=False)
    op.create_index(op.f("ix_calls_subject"), "calls", ["subject"], unique=False)
    op.create_table(
        "call_turns",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_call_turns_call_id")),
        sa.PrimaryKeyConstraint("call_id", "number", name=op.f("pk_call_turns")),
    )
    op.create_table(
        "desk_calls",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("clerk_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_desk_calls_customer_id")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_desk_calls_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_calls")),
    )
    op.create_index(op.f("ix_desk_calls_call_id"), "desk_calls", ["call_id"], unique=False)
    op.create_index(op.f("ix_desk_calls_clerk_id"), "desk_calls", ["clerk_id"], unique=False)
    op.create_index(op.f("ix_desk_calls_customer_id"), "desk_calls", ["customer_id"], unique=False)
    op.create_index(op.f("ix_desk_calls_order_id"), "desk_calls", ["order_id"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("escalation_id", sa.Uuid(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("enqueued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_line", sa.Boolean(), nullable=False),
        sa.Column("promised_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_waiting_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_waiting_escalation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_call_id"), "waiting", ["call_id"], unique=False)
    op.create_index(
        "ix_waiting_open", "waiting", ["left_at", "priority", "enqueued_at"], unique=False
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_index("ix_waiting_open", table_name="waiting")
    op.drop_index(op.f("ix_waiting_call_id"), table_name="waiting")
    op.drop_table("waiting")
    op.drop_index(op.f("ix_desk_calls_order_id"), table_name="desk_calls")
    op.drop_index(op.f("ix_desk_calls_customer_id"), table_name="desk_calls")
    op.drop_index(op.f("ix_desk_calls_clerk_id"), table_name="desk_calls")
    op.drop_index(op.f("ix_desk_calls_call_id"), table_name="desk_calls")
    op.drop_table("desk_calls")
    op.drop_table("call_turns")
    op.drop_index(op.f("ix_calls_subject"), table_name="calls")
    op.drop_index(op.f("ix_calls_number_index"), table_name="calls")
    op.drop_index(op.f("ix_calls_began_at"), table_name="calls")
    op.drop_table("calls")
