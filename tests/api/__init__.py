"""The doors, as clients meet them."""
