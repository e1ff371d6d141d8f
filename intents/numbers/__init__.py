"""Numbers in a sentence: sums of money, quantities, percentages, telephone numbers and e-mail addresses."""

from intents.numbers.contacts import find_emails, find_phones
from intents.numbers.finders import find_all, find_amounts, find_quantities
from intents.numbers.model import Amount, AmountOp, Email, Findings, Phone, Quantity
from intents.numbers.speak import parse_number, speak_yuan

__all__ = [
    "Amount",
    "AmountOp",
    "Email",
    "Findings",
    "Phone",
    "Quantity",
    "find_all",
    "find_amounts",
    "find_emails",
    "find_phones",
    "find_quantities",
    "parse_number",
    "speak_yuan",
]
