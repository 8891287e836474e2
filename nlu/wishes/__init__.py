"""From what is named to the lines that are wished for; the last word wins."""
