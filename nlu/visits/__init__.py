"""Services: called by name, by what is wrong or wanted, called off, or only told of."""
