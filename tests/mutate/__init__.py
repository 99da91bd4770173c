"""`make mutate`: what happens when a condition of the database is missing."""
