"""The doors: parse, authorise, act, present."""
