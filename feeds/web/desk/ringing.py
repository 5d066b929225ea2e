"""Rings for a task, as the API does too."""

from feeds.ringing import ring

__all__ = ["ring"]
