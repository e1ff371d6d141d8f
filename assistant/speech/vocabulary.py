"""The names that a recording probably holds: of the speaker's own customers, people, products and deals."""

from __future__ import annotations

from crm_store.unit_of_work import UnitOfWork

MOST_CHARACTERS = 180
"""Whisper keeps 224 tokens of prompt, half of which biasing may take; a Chinese character is one to two tokens."""


def likely_names(uow: UnitOfWork) -> str:
    """Short names, the newest records first, joined by 、; at most 180 characters."""
    found: dict[str, None] = {}
    for customer in uow.customers.find(order=(uow.customers.c.id.desc(),), limit=30):
        found.setdefault(customer.short_name)
    for repository in (uow.contacts, uow.products):
        for record in repository.find(order=(repository.c.id.desc(),), limit=30):
            found.setdefault(record.name)
    names, length = [], 0
    for name in found:
        length += len(name) + 1
        if length > MOST_CHARACTERS:
            break
        names.append(name)
    return "、".join(names)
