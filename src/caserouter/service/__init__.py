"""The routing service: an HTTP API that decides on a case as it is created, and the keeper that looks after time."""
