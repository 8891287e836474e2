"""A small Whisper that ships with the product: its text, voices, telephone line, training and
scores."""
