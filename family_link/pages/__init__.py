"""The children's pages for any phone's browser."""
