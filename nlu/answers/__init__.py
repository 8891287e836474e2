"""Which amount or product an answer to one of our questions means."""
