"""The house: the floor that every room stands on, and the roof that joins the rooms."""
