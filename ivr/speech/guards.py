"""What Whisper writes that nobody said."""
