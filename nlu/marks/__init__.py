"""What is named in an utterance and how much of it, and which amount is of which thing."""
