"""`make cost`: what a deployment costs, metered on real runs and priced from AWS's list."""
