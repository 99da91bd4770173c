"""Infrastructure: the deployment template, packaging and the local stack."""
