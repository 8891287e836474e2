"""How words sound, and what may have been said behind the characters heard."""
