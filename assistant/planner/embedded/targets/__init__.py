"""Resolves contacts, opportunities, tasks and leads within what the message and the conversation say."""

from assistant.planner.embedded.targets.choices import (
    judge,
    listed_choice,
    options_for,
    pick,
    product_by_word,
    product_ids,
    resolve_product,
    told_apart,
)
from assistant.planner.embedded.targets.deals import resolve_opportunity
from assistant.planner.embedded.targets.people import (
    by_post,
    contact_matches,
    new_owner,
    resolve_contact,
    resolve_lead,
    resolve_party,
    resolve_user,
    the_other,
)
from assistant.planner.embedded.targets.tasks import task_scores

__all__ = [
    "by_post",
    "contact_matches",
    "judge",
    "listed_choice",
    "new_owner",
    "options_for",
    "pick",
    "product_by_word",
    "product_ids",
    "resolve_contact",
    "resolve_lead",
    "resolve_opportunity",
    "resolve_party",
    "resolve_product",
    "resolve_user",
    "task_scores",
    "the_other",
    "told_apart",
]
