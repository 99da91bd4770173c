"""Messenger's back end; ARCHITECTURE.md draws its rooms."""

import gc

# Importing makes 70,000 objects and drops none: looking for garbage meanwhile is a tenth of a cold
# start. The threshold stays, for a request leaves little in cycles: at worst some 20 MB wait.
gc.set_threshold(100_000, 20, 20)
