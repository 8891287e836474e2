"""Numbers and amounts as they are said, and what they come to in a product's sale unit."""
