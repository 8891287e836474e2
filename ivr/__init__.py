"""The telephone: what callers hear, what we hear of them, and the calls that we place."""
