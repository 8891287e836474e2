"""The rules of the business: what an order is, what may happen to it, and who must know."""
