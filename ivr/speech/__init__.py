"""What a caller's voice becomes: telephone audio in, a `Hearing` out. Start at `transcriber`."""
