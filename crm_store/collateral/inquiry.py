"""Whether a message reads as a question to the documents: what it asks for, and how much of it stands there."""

from __future__ import annotations

from dataclasses import dataclass

from crm_store.collateral.answering import CollateralAnswer, Situation, Standing, subjects_of
from crm_store.collateral.asking import Term
from crm_store.collateral.counsel import STYLES
from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.question import asks, read_question

_ANYWHERE = frozenset({"", "money", "person", "when", "count", "number", "times", "phone", "year", "discount"})
"""Kinds of values that records have as well as documents; the others (how wide, how hot) only documents have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry:
    """What a message asks: `terms` are its meaningful words but the products' names, `measured` says that it wants
    a value that no CRM record has, `styled` that it wants a rule, advice, a comparison or a case, `counsel` that it
    asks what to answer an objection, or which product fits a need that it tells."""

    asks: bool
    terms: tuple[Term, ...]
    measured: bool
    styled: bool
    counsel: bool = False


def inquire(index: CollateralIndex, text: str, situation: Situation) -> Inquiry:
    """Read a message as a question; the index isn't searched."""
    question = read_question(text, index.knows, situation.ignored)
    subjects = subjects_of(index, question, situation)
    terms = [term for clause in question.clauses for term in clause.terms if not subjects.covers(term)]
    return Inquiry(
        asks=asks(question.text),
        terms=tuple(terms),
        measured=any(clause.value not in _ANYWHERE for clause in question.clauses),
        styled=bool(question.style.name),
        counsel=question.style in STYLES.values(),
    )


def support(found: CollateralAnswer) -> tuple[float, float]:
    """How much (0 to 1) of a question stands in its answer: where it is the answer, and where it is only near."""
    certain = found.coverage if found.standing is Standing.FOUND else 0.0
    near = found.coverage if found.standing is Standing.NEAR else 0.0
    return certain, near
