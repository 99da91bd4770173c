"""What the tests stand on: an organisation, emulators, and a line to them that can be cut."""
