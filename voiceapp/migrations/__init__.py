"""The database's versions, each a small step that goes up and down."""
