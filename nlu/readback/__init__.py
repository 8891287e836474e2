"""What is said to an order that was read out: a yes, a no, and all that touches its lines."""
