"""An utterance as a whole, and what in it is told and not wished for."""
