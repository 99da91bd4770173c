"""Messenger's back end; ARCHITECTURE.md draws its rooms."""
