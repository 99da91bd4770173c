"""What the product does, between its doors and its table."""
