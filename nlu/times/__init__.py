"""Days and hours as they are said, and the window wished for among them."""
