"""What does not fit together in a scenario although each part is right by itself; one module per kind of question."""
