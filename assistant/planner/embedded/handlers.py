"""Which function makes the steps of which intent; the catalog's intents all stand here."""

from __future__ import annotations

from assistant.planner.embedded import deals, notes, people, queries, small_talk, tasks
from assistant.planner.embedded.common import Handler

HANDLERS: dict[str, Handler] = {
    "find_customers": queries.find_customers,
    "customer_360": queries.customer_360,
    "list_contacts": queries.list_contacts,
    "purchase_history": queries.purchase_history,
    "list_notes": queries.list_notes,
    "list_tasks": queries.list_tasks,
    "list_opportunities": queries.list_opportunities,
    "opportunity_detail": queries.opportunity_detail,
    "pipeline_figures": queries.pipeline_figures,
    "performance": queries.performance,
    "product_info": queries.product_info,
    "list_leads": queries.list_leads,
    "list_users": queries.list_users,
    "list_stages": queries.list_stages,
    "change_history": queries.change_history,
    "search_collateral": queries.search_collateral,
    "recommend": queries.recommend,
    "next_actions": queries.next_actions,
    "record_note": notes.record_note,
    "offer_note": notes.offer_note,
    "amend_note": notes.amend_note,
    "create_task": tasks.create_task,
    "update_task": tasks.update_task,
    "complete_task": tasks.complete_task,
    "reopen_task": tasks.reopen_task,
    "cancel_task": tasks.cancel_task,
    "create_customer": people.create_customer,
    "update_customer": people.update_customer,
    "create_contact": people.create_contact,
    "update_contact": people.update_contact,
    "create_opportunity": deals.create_opportunity,
    "update_opportunity": deals.update_opportunity,
    "win_opportunity": deals.win_opportunity,
    "lose_opportunity": deals.lose_opportunity,
    "create_lead": people.create_lead,
    "update_lead": people.update_lead,
    "convert_lead": people.convert_lead,
    "record_order": people.record_order,
    "log_interaction": people.log_interaction,
    "delete_record": people.delete_record,
    "merge_customers": people.merge_customers,
    "greet": small_talk.greet,
    "help": small_talk.help_text,
    "thanks": small_talk.thanks,
    "remark": small_talk.remark,
    "negated": small_talk.negated,
    "out_of_scope": small_talk.out_of_scope,
    "choose": queries.nothing_known,
    "confirm": small_talk.nothing_waits,
    "cancel": small_talk.nothing_waits,
}
QUERIES = frozenset(name for name, handler in HANDLERS.items() if handler.__module__ == queries.__name__) - {"choose"}
WRITES = frozenset(
    name
    for name, handler in HANDLERS.items()
    if handler.__module__.rsplit(".", 1)[-1] in ("notes", "tasks", "people", "deals")
)
