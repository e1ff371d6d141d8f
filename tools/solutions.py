"""Which of the company's products fit a customer, each with what speaks for it: the open deal, the trade, the needs,
what was bought; only products that exist, only facts that stand somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm_store.collateral.answering import Quote, Situation, Standing, answer
from crm_store.collateral.cleaning import folded
from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.passages import Filter, Section
from crm_store.records import Customer, Note, Opportunity, Order, Product
from tools.base import View
from tools.cards import RecordLink
from tools.wording import day, money

BEST = 3
_IN_DEAL, _TRADE, _NEED, _BOUGHT, _SERVICE = 3.0, 2.0, 1.5, -1.0, 1.0
_CONSUMED = re.compile("耗材|试剂|材料|服务|维保|备件|consumable|service|material")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing that speaks for a product: a record, or a passage of a document."""

    zh: str
    en: str
    record: RecordLink | None = None
    section: Section | None = None
    quote: str = ""

    def line(self, view: View) -> str:
        """The fact with its source."""
        if self.section is not None:
            return f"{view.say(self.zh, self.en)}〔{self.section.name}〕"
        return f"{view.say(self.zh, self.en)}〔{self.record.label}〕" if self.record else view.say(self.zh, self.en)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """A product with what speaks for it; `score` orders, it is no probability."""

    product: Product
    score: float
    facts: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What is on record about who may buy."""

    customer: Customer
    deals: tuple[Opportunity, ...]
    orders: tuple[Order, ...]
    notes: tuple[Note, ...]


def fits(index: CollateralIndex, products: Sequence[Product], profile: Profile, view: View, today: str) -> list[Fit]:
    """The products that fit best, best first; one for which nothing speaks is left out."""
    needs = _needs(index, profile, today)
    made = [_fit(index, product, profile, needs, view, today) for product in products]
    found = [fit for fit in made if fit.score > 0 and fit.facts]
    return sorted(found, key=lambda fit: (-fit.score, fit.product.id))[:BEST]


def _fit(
    index: CollateralIndex, product: Product, profile: Profile, needs: Sequence[Quote], view: View, today: str
) -> Fit:
    scored = [
        *_in_deals(product, profile),
        *_of_trade(index, product, profile, today),
        *_needed(product, needs),
        *_bought(product, profile, view),
    ]
    return Fit(product=product, score=sum(score for score, _ in scored), facts=tuple(fact for _, fact in scored))


def _in_deals(product: Product, profile: Profile) -> Iterable[tuple[float, Fact]]:
    for deal in profile.deals:
        if product.id in deal.product_ids:
            link = RecordLink(type="opportunity", id=deal.id, label=deal.name)
            yield _IN_DEAL, Fact(zh="在跟商机里就有它", en="it is in an open deal", record=link)


def _of_trade(index: CollateralIndex, product: Product, profile: Profile, today: str) -> Iterable[tuple[float, Fact]]:
    """A document on this product for the customer's trade: a case first, told by its most telling section."""
    trade = profile.customer.industry or ""
    fitting = [
        section
        for section in index.sections
        if about_product(section, product)
        and same_trade(section.about.industry, trade)
        and Filter(today=today).admits(section.about)
    ]
    cases = [section for section in fitting if section.about.kind == "case"]
    if cases:
        told = next((s for s in cases if re.search("结果|效果|成效|收益|result", s.heading)), cases[0])
        quote = "\n".join(told.lines[:3])
        yield _TRADE, Fact(zh=f"同行业案例:{quote}", en=f"a case of the trade: {quote}", section=told, quote=quote)
    elif fitting:
        quote = fitting[0].lines[0]
        yield _TRADE / 2, Fact(zh=f"资料写明适用本行业:{quote}", en=quote, section=fitting[0], quote=quote)


def same_trade(about: str, trade: str) -> bool:
    """Whether a document's trade is the customer's: one names the other, or they share two characters."""
    if not about or not trade:
        return False
    if about in trade or trade in about:
        return True
    pairs = {about[i : i + 2] for i in range(len(about) - 1)} - {"制造", "行业", "工业", "企业"}
    return any(pair in trade for pair in pairs)


def _needs(index: CollateralIndex, profile: Profile, today: str) -> list[Quote]:
    """Product passages that speak of what the customer said it needs."""
    said = [str(note.details.get("needs") or "") for note in profile.notes]
    only = Filter(kinds=("product",), today=today)
    answers = [answer(index, need, Situation(only=only)) for need in said if need]
    found = [each for each in answers if each.standing is Standing.FOUND]
    return [quote for each in found for quote in each.quotes if quote.section.about.product]


def about_product(section: Section, product: Product) -> bool:
    """Whether a document is about a product; front matter may call it by a part of its name."""
    told, name = folded(section.about.product), folded(product.name)
    return bool(told) and (told in name or name in told)


def _needed(product: Product, needs: Sequence[Quote]) -> Iterable[tuple[float, Fact]]:
    hit = next((quote for quote in needs if about_product(quote.section, product)), None)
    if hit is not None:
        line = hit.text.split("\n")[0]
        yield (
            _NEED,
            Fact(zh=f"和客户提过的需求有关:{line}", en=f"related to a need: {line}", section=hit.section, quote=line),
        )


def _bought(product: Product, profile: Profile, view: View) -> Iterable[tuple[float, Fact]]:
    bought = [order for order in profile.orders if order.product_id == product.id]
    if not bought:
        return
    newest = max(bought, key=lambda order: order.ordered_on)
    link = RecordLink(type="order", id=newest.id, label=f"{product.name} {day(newest.ordered_on, view)}")
    again = bool(_CONSUMED.search(f"{product.name}{product.category or ''}"))
    zh = f"{day(newest.ordered_on, view)} 买过({money(newest.amount, view)})" + (
        ",可以续订" if again else ",可以谈扩容或升级"
    )
    en = f"bought on {day(newest.ordered_on, view)} ({money(newest.amount, view)})"
    yield (_SERVICE if again else _BOUGHT), Fact(zh=zh, en=en, record=link)
