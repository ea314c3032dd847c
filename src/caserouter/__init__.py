"""Route escalated cases to specialists who may take them, and prove how good the routing is."""

__version__ = "0.1.0"
