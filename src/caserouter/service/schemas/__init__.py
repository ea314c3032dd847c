"""What clients send and are answered: models of their own, so that nobody sets what only the service may set."""
