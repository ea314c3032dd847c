"""The connection of a transaction, as the service passes it around without using it."""

from sqlalchemy import Connection

__all__ = ["Connection"]
