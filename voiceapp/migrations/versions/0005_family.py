"""The children: logins, links, rules, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "login_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_codes")),
    )
    op.create_index(
        op.f("ix_login_codes_number_index"), "login_codes", ["number_index"], unique=False
    )
    op.create_table(
        "notices_seen",
        sa.Column("firm", sa.String(length=16), nullable=False),
        sa.Column("notice", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("firm", "notice", name=op.f("pk_notices_seen")),
    )
    op.create_index(op.f("ix_notices_seen_at"), "notices_seen", ["at"], unique=False)
    op.create_table(
        "family_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("relative_id", sa.Uuid(), nullable=False),
        sa.Column("door", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("refresh_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refresh_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relatives.id"], name=op.f("fk_family_sessions_relative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_sessions")),
        sa.UniqueConstraint("refresh_hash", name=op.f("uq_family_sessions_refresh_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_family_sessions_token_hash")),
    )
    op.create_index(
        op.f("ix_family_sessions_relative_id"), "family_sessions", ["relative_id"], unique=False
    )
    op.create_table(
        "kept_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("relative_id", sa.Uuid(), nullable=False),
        sa.Column("key_index", sa.String(length=64), nullable=False),
        sa.Column("asked", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relatives.id"], name=op.f("fk_kept_answers_relative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_answers")),
        sa.UniqueConstraint(
            "relative_id", "key_index", name=op.f("uq_kept_answers_relative_id_key_index")
        ),
    )
    op.create_index(op.f("ix_kept_answers_at"), "kept_answers", ["at"], unique=False)
    op.create_index(
        op.f("ix_kept_answers_relative_id"), "kept_answers", ["relative_id"], unique=False
    )
    op.create_table(
        "wechat_grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("relative_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relatives.id"], name=op.f("fk_wechat_grants_relative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wechat_grants")),
    )
    op.create_index(
        "ix_wechat_grants_left",
        "wechat_grants",
        ["relative_id", "template", "spent_at"],
        unique=False,
    )
    op.create_table(
        "alert_choices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("alert", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.String(length=40), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_alert_choices_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_choices")),
        sa.UniqueConstraint("link_id", "alert", name=op.f("uq_alert_choices_link_id_alert")),
    )
    op.create_index(op.f("ix_alert_choices_link_id"), "alert_choices", ["link_id"], unique=False)
    op.create_table(
        "askings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_askings_link_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_askings_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_askings")),
        sa.UniqueConstraint("round_id", "rung", name=op.f("uq_askings_round_id_rung")),
    )
    op.create_index(op.f("ix_askings_order_id"), "askings", ["order_id"], unique=False)
    op.create_index(op.f("ix_askings_round_id"), "askings", ["round_id"], unique=False)
    op.create_table(
        "link_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("relative_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rung", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_link_requests_customer_id")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_link_requests_link_id")),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relatives.id"], name=op.f("fk_link_requests_relative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_requests")),
    )
    op.create_index(
        op.f("ix_link_requests_customer_id"), "link_requests", ["customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_link_requests_relative_id"), "link_requests", ["relative_id"], unique=False
    )
    op.create_table(
        "spending_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("span", sa.String(length=40), nullable=False),
        sa.Column("limit_fen", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name=op.f("fk_spending_rules_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_rules")),
    )
    op.create_index(op.f("ix_spending_rules_link_id"), "spending_rules", ["link_id"], unique=False)


def downgrade() -> None:
    """The same step down."""
    op.drop_index(op.f("ix_spending_rules_link_id"), table_name="spending_rules")
    op.drop_table("spending_rules")
    op.drop_index(op.f("ix_link_requests_relative_id"), table_name="link_requests")
    op.drop_index(op.f("ix_link_requests_customer_id"), table_name="link_requests")
    op.drop_table("link_requests")
    op.drop_index(op.f("ix_askings_round_id"), table_name="askings")
    op.drop_index(op.f("ix_askings_order_id"), table_name="askings")
    op.drop_table("askings")
    op.drop_index(op.f("ix_alert_choices_link_id"), table_name="alert_choices")
    op.drop_table("alert_choices")
    op.drop_index("ix_wechat_grants_left", table_name="wechat_grants")
    op.drop_table("wechat_grants")
    op.drop_index(op.f("ix_kept_answers_relative_id"), table_name="kept_answers")
    op.drop_index(op.f("ix_kept_answers_at"), table_name="kept_answers")
    op.drop_table("kept_answers")
    op.drop_index(op.f("ix_family_sessions_relative_id"), table_name="family_sessions")
    op.drop_table("family_sessions")
    op.drop_index(op.f("ix_notices_seen_at"), table_name="notices_seen")
    op.drop_table("notices_seen")
    op.drop_index(op.f("ix_login_codes_number_index"), table_name="login_codes")
    op.drop_table("login_codes")
