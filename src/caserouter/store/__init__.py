"""Durable state on SQLite or PostgreSQL: events, and the tables that follow from them."""
