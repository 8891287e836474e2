"""The four dialogues of the contract: a request, the read-back, an answer, a mark."""
