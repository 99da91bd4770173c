"""What the table holds after each write, on every emulator that can tell."""
