"""The rules, pure; all of it in less than a second."""
