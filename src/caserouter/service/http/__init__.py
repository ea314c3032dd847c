"""The service over HTTP: routes are thin, and say what they need, take and answer in their signatures."""

from caserouter.service.http.app import create_app

__all__ = ["create_app"]
