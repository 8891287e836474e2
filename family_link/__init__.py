"""The children: linking, approving, paying, following and rating from far away."""
