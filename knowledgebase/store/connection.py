"""The connection that every function of the store takes first, named for the rooms that pass it on."""

from sqlalchemy import Connection

__all__ = ["Connection"]
