"""Puts a stage on AWS, takes it back one release, and takes it away."""
