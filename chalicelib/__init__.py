"""Messenger's back end; ARCHITECTURE.md draws its rooms."""

import gc

# Importing makes much and drops nothing: looking for garbage again and again takes a twentieth of a
# cold start. The thresholds stay, for a request drops little in cycles.
gc.set_threshold(50_000, 20, 20)
