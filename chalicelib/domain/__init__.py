"""The rules, pure: no AWS, no clock, no chance."""
