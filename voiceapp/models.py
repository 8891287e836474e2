"""Every table of every room, imported so that migrations and tests see them all."""

import family_link.models
import ivr.calls
import orders.access
import orders.consents
import orders.customers
import orders.errands
import orders.escalations
import orders.history
import orders.messages
import orders.order
import orders.ratings
import orders.recordings
import orders.relatives
import orders.visits
import orders.vocabulary
import orders.wanted_calls
import voiceapp.console.models
from voiceapp.db import Base

__all__ = ["Base", "family_link", "ivr", "orders", "voiceapp"]

metadata = Base.metadata
