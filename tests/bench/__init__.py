"""`make bench`: the budgets of the product, measured on the local stack."""
