"""The family's tables, imported so that migrations and tests see them all."""

import family_link.alerts
import family_link.asking
import family_link.grants
import family_link.linking
import family_link.login
import family_link.once
import family_link.payments
import family_link.refunds
import family_link.rules
import family_link.supplements
import family_link.tab

__all__ = ["family_link"]
