"""What kind of request it is, and what an order of it holds; danger before all else."""
