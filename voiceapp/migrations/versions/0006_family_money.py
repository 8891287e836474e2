"""The family's money: payments, refunds, the tab."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "supplements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("photo", sa.String(length=120), nullable=False),
        sa.Column("asked_role", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_supplements_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplements")),
        sa.UniqueConstraint("order_id", "leg", name=op.f("uq_supplements_order_id_leg")),
    )
    op.create_index(op.f("ix_supplements_order_id"), "supplements", ["order_id"], unique=False)
    op.create_table(
        "tabs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("limit_fen", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_tabs_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tabs")),
        sa.UniqueConstraint("link_id", name=op.f("uq_tabs_link_id")),
    )
    op.create_table(
        "bills",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tab_id", sa.Uuid(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tab_id"], ["tabs.id"], name=op.f("fk_bills_tab_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bills")),
    )
    op.create_index(op.f("ix_bills_tab_id"), "bills", ["tab_id"], unique=False)
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.Column("means", sa.String(length=40), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by", sa.Uuid(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bills.id"], name=op.f("fk_payments_bill_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_payments_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("bill_id", name=op.f("uq_payments_bill_id")),
        sa.UniqueConstraint("order_id", "leg", name=op.f("uq_payments_order_id_leg")),
    )
    op.create_index(op.f("ix_payments_order_id"), "payments", ["order_id"], unique=False)
    op.create_table(
        "tab_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tab_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bills.id"], name=op.f("fk_tab_entries_bill_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_tab_entries_order_id")),
        sa.ForeignKeyConstraint(["tab_id"], ["tabs.id"], name=op.f("fk_tab_entries_tab_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tab_entries")),
        sa.UniqueConstraint("order_id", "leg", name=op.f("uq_tab_entries_order_id_leg")),
    )
    op.create_index(op.f("ix_tab_entries_bill_id"), "tab_entries", ["bill_id"], unique=False)
    op.create_index(op.f("ix_tab_entries_order_id"), "tab_entries", ["order_id"], unique=False)
    op.create_index(op.f("ix_tab_entries_tab_id"), "tab_entries", ["tab_id"], unique=False)
    op.create_table(
        "payment_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("payer", sa.Uuid(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("where", sa.LargeBinary(), nullable=True),
        sa.Column("mini", sa.LargeBinary(), nullable=True),
        sa.Column("received_fen", sa.Integer(), nullable=True),
        sa.Column("firm_id", sa.String(length=64), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["payer"], ["relatives.id"], name=op.f("fk_payment_attempts_payer")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_payment_attempts_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_attempts")),
    )
    op.create_index(
        op.f("ix_payment_attempts_payment_id"), "payment_attempts", ["payment_id"], unique=False
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("firm_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["payment_attempts.id"], name=op.f("fk_refunds_attempt_id")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["order_lines.id"], name=op.f("fk_refunds_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
    )
    op.create_index(op.f("ix_refunds_attempt_id"), "refunds", ["attempt_id"], unique=False)


def downgrade() -> None:
    """The same step down."""
    op.drop_index(op.f("ix_refunds_attempt_id"), table_name="refunds")
    op.drop_table("refunds")
    op.drop_index(op.f("ix_payment_attempts_payment_id"), table_name="payment_attempts")
    op.drop_table("payment_attempts")
    op.drop_index(op.f("ix_tab_entries_tab_id"), table_name="tab_entries")
    op.drop_index(op.f("ix_tab_entries_order_id"), table_name="tab_entries")
    op.drop_index(op.f("ix_tab_entries_bill_id"), table_name="tab_entries")
    op.drop_table("tab_entries")
    op.drop_index(op.f("ix_payments_order_id"), table_name="payments")
    op.drop_table("payments")
    op.drop_index(op.f("ix_bills_tab_id"), table_name="bills")
    op.drop_table("bills")
    op.drop_table("tabs")
    op.drop_index(op.f("ix_supplements_order_id"), table_name="supplements")
    op.drop_table("supplements")
