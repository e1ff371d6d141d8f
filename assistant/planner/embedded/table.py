"""Which function makes the steps of which intent; the catalog's intents all stand here."""

from __future__ import annotations

from assistant.planner.embedded.common import Handler
from assistant.planner.embedded.handlers.contacts import create_contact, update_contact
from assistant.planner.embedded.handlers.customers import create_customer, update_customer
from assistant.planner.embedded.handlers.deals.changing import update_opportunity, win_opportunity
from assistant.planner.embedded.handlers.deals.creating import create_opportunity
from assistant.planner.embedded.handlers.deals.losing import lose_opportunity
from assistant.planner.embedded.handlers.leads import convert_lead, create_lead, update_lead
from assistant.planner.embedded.handlers.notes import amend_note, offer_note, record_note
from assistant.planner.embedded.handlers.orders import log_interaction, record_order
from assistant.planner.embedded.handlers.removing import delete_record, merge_customers
from assistant.planner.embedded.handlers.small_talk import (
    greet,
    help_text,
    negated,
    nothing_known,
    nothing_waits,
    out_of_scope,
    remark,
    thanks,
)
from assistant.planner.embedded.handlers.tasks.changing import cancel_task, complete_task, reopen_task, update_task
from assistant.planner.embedded.handlers.tasks.creating import create_task
from assistant.planner.embedded.questions.advice import next_actions, recommend, search_collateral
from assistant.planner.embedded.questions.contacts import list_contacts
from assistant.planner.embedded.questions.customers import (
    change_history,
    customer_360,
    find_customers,
    purchase_history,
)
from assistant.planner.embedded.questions.deals import list_opportunities, performance, pipeline_figures
from assistant.planner.embedded.questions.lists import list_leads, list_stages, list_users, product_info
from assistant.planner.embedded.questions.minutes import list_notes
from assistant.planner.embedded.questions.one_deal import opportunity_detail
from assistant.planner.embedded.questions.tasks import list_tasks

_QUESTIONS: dict[str, Handler] = {
    "find_customers": find_customers,
    "customer_360": customer_360,
    "list_contacts": list_contacts,
    "purchase_history": purchase_history,
    "list_notes": list_notes,
    "list_tasks": list_tasks,
    "list_opportunities": list_opportunities,
    "opportunity_detail": opportunity_detail,
    "pipeline_figures": pipeline_figures,
    "performance": performance,
    "product_info": product_info,
    "list_leads": list_leads,
    "list_users": list_users,
    "list_stages": list_stages,
    "change_history": change_history,
    "search_collateral": search_collateral,
    "recommend": recommend,
    "next_actions": next_actions,
}

_COMMANDS: dict[str, Handler] = {
    "record_note": record_note,
    "offer_note": offer_note,
    "amend_note": amend_note,
    "create_task": create_task,
    "update_task": update_task,
    "complete_task": complete_task,
    "reopen_task": reopen_task,
    "cancel_task": cancel_task,
    "create_customer": create_customer,
    "update_customer": update_customer,
    "create_contact": create_contact,
    "update_contact": update_contact,
    "create_opportunity": create_opportunity,
    "update_opportunity": update_opportunity,
    "win_opportunity": win_opportunity,
    "lose_opportunity": lose_opportunity,
    "create_lead": create_lead,
    "update_lead": update_lead,
    "convert_lead": convert_lead,
    "record_order": record_order,
    "log_interaction": log_interaction,
    "delete_record": delete_record,
    "merge_customers": merge_customers,
}

_SAID: dict[str, Handler] = {
    "greet": greet,
    "help": help_text,
    "thanks": thanks,
    "remark": remark,
    "negated": negated,
    "out_of_scope": out_of_scope,
    "choose": nothing_known,
    "confirm": nothing_waits,
    "cancel": nothing_waits,
}
HANDLERS: dict[str, Handler] = {**_QUESTIONS, **_COMMANDS, **_SAID}
QUERIES = frozenset(_QUESTIONS)
WRITES = frozenset(_COMMANDS)
