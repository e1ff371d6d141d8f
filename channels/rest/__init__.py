"""The HTTP interface under /api/v1: sign-in, conversations and turns, every record, reminders, changes."""

PREFIX = "/api/v1"
