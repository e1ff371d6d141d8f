"""Finds and ranks the CRM records that a rep may mean, by sight and by sound."""

from intents.names.index import NameIndex
from intents.names.model import By, Candidate, Key, Kind, Mention, Nameable

__all__ = ["By", "Candidate", "Key", "Kind", "Mention", "NameIndex", "Nameable"]
