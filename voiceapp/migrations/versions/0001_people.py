"""People and the catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "catalogue_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_version")),
    )
    op.create_table(
        "customers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("pace", sa.String(length=40), nullable=False),
        sa.Column("hearing", sa.LargeBinary(), nullable=False),
        sa.Column("best_hours", sa.String(length=40), nullable=False),
        sa.Column("notes", sa.LargeBinary(), nullable=False),
        sa.Column("pays_at_door", sa.Boolean(), nullable=False),
        sa.Column("pass_phrase", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
    )
    op.create_table(
        "products",
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("spec", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=8), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("piece_jin", sa.String(length=24), nullable=True),
        sa.Column("pack_jin", sa.String(length=24), nullable=True),
        sa.Column("inner", sa.String(length=64), nullable=False),
        sa.Column("aliases", sa.String(length=255), nullable=False),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_products")),
    )
    op.create_table(
        "relatives",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.Column("wechat_openid", sa.LargeBinary(), nullable=True),
        sa.Column("wechat_index", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relatives")),
        sa.UniqueConstraint("number_index", name=op.f("uq_relatives_number_index")),
        sa.UniqueConstraint("wechat_index", name=op.f("uq_relatives_wechat_index")),
    )
    op.create_table(
        "addresses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("hint", sa.LargeBinary(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_addresses_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
    )
    op.create_index(op.f("ix_addresses_customer_id"), "addresses", ["customer_id"], unique=False)
    op.create_table(
        "caller_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("spoken", sa.LargeBinary(), nullable=False),
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("taught_by", sa.Uuid(), nullable=True),
        sa.Column("taught_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_caller_words_customer_id")
        ),
        sa.ForeignKeyConstraint(["sku"], ["products.sku"], name=op.f("fk_caller_words_sku")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caller_words")),
    )
    op.create_index(
        op.f("ix_caller_words_customer_id"), "caller_words", ["customer_id"], unique=False
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("relative_id", sa.Uuid(), nullable=True),
        sa.Column("to_what", sa.String(length=80), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("clerk_id", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_consents_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relatives.id"], name=op.f("fk_consents_relative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_customer_id"), "consents", ["customer_id"], unique=False)
    op.create_table(
        "customer_numbers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_customer_numbers_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_numbers")),
        sa.UniqueConstraint(
            "number_index", "customer_id", name=op.f("uq_customer_numbers_number_index_customer_id")
        ),
    )
    op.create_index(
        op.f("ix_customer_numbers_customer_id"), "customer_numbers", ["customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_customer_numbers_number_index"), "customer_numbers", ["number_index"], unique=False
    )
    op.create_table(
        "links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("relative_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("scopes", sa.String(length=80), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vouched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_links_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relatives.id"], name=op.f("fk_links_relative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_customer_id"), "links", ["customer_id"], unique=False)
    op.create_index(op.f("ix_links_relative_id"), "links", ["relative_id"], unique=False)


def downgrade() -> None:
    """The same step down."""
    op.drop_index(op.f("ix_links_relative_id"), table_name="links")
    op.drop_index(op.f("ix_links_customer_id"), table_name="links")
    op.drop_table("links")
    op.drop_index(op.f("ix_customer_numbers_number_index"), table_name="customer_numbers")
    op.drop_index(op.f("ix_customer_numbers_customer_id"), table_name="customer_numbers")
    op.drop_table("customer_numbers")
    op.drop_index(op.f("ix_consents_customer_id"), table_name="consents")
    op.drop_table("consents")
    op.drop_index(op.f("ix_caller_words_customer_id"), table_name="caller_words")
    op.drop_table("caller_words")
    op.drop_index(op.f("ix_addresses_customer_id"), table_name="addresses")
    op.drop_table("addresses")
    op.drop_table("relatives")
    op.drop_table("products")
    op.drop_table("customers")
    op.drop_table("catalogue_version")
