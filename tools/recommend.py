"""The tool that advises on a customer or a deal: strategy from the records, script and solution from the documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from crm_store.collateral.answering import CollateralAnswer, Quote, Standing, answer
from crm_store.collateral.index import CollateralIndex
from crm_store.collateral.passages import Filter, Section
from crm_store.collateral.shelf import collateral_of
from crm_store.queries_customers import last_contacts
from crm_store.queries_records import NoteFilter, OpportunityFilter, notes, opportunities
from crm_store.records import Customer, Note, Opportunity
from tools.advice import DealFacts, Point, overview, points
from tools.asking import refused
from tools.base import Args, CustomerRef, Effect, OpportunityRef, ToolContext, View, tool
from tools.cards import Answer, Citation, RecordLink
from tools.citing import Sources
from tools.collateral_situation import deal_of, situation_of
from tools.solutions import Fit, Profile, about_product, fits
from tools.wording import money

Aspect = Literal["all", "strategy", "script", "solution"]
NOTES, POINTS = 5, 6
_HEADS = {
    "strategy": ("【策略】", "Strategy"),
    "script": ("【话术】", "What to say"),
    "solution": ("【方案】", "Solution"),
}


class Recommend(Args):
    """Arguments of recommend."""

    customer: CustomerRef | None = Field(default=None, description="哪个客户 (customer)")
    opportunity: OpportunityRef | None = Field(default=None, description="哪个商机 (opportunity)")
    aspect: Aspect = Field(
        default="all", description="要哪一样: strategy 策略、script 话术、solution 方案、all 全部 (what is wanted)"
    )
    query: str = Field(default="", description="用户的原话,如客户的异议 (the user's words)", max_length=2000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What is advised; an aspect that wasn't asked for is empty or None."""

    aspect: Aspect
    customer: Customer
    facts: DealFacts | None
    points: tuple[Point, ...] = ()
    asked: CollateralAnswer | None = None  # what the documents say to the words themselves
    playbook: CollateralAnswer | None = None  # how the deal's stage is usually played
    script: CollateralAnswer | None = None
    fits: tuple[Fit, ...] = ()
    sources: Sources = field(default_factory=Sources)

    def render(self, view: View) -> Answer:
        """The answer to show: every line with the record or the document that it rests on."""
        parts = [self._headline(view)]
        if self.asked is not None and self.asked.standing is Standing.FOUND:
            parts += [_quoted(quote, view) for quote in self.asked.quotes]
        if self.aspect in ("all", "strategy"):
            parts += _part("strategy", self._strategy(view), view)
        if self.aspect in ("all", "script"):
            parts += _part("script", self._script(view), view)
        if self.aspect in ("all", "solution"):
            parts += _part("solution", self._solution(view), view)
        return Answer(text="\n".join(parts), citations=tuple(self._citations()), shown=tuple(self._shown()))

    def _headline(self, view: View) -> str:
        if self.facts is not None:
            return overview(self.facts, view)
        trade = f"({self.customer.industry})" if self.customer.industry else ""
        return view.say(f"{self.customer.name}{trade}", f"{self.customer.name} {trade}".rstrip())

    def _strategy(self, view: View) -> list[str]:
        lines = [f"{number}. {point.line(view)}" for number, point in enumerate(self.points, 1)]
        if self.playbook is not None and self.playbook.standing is not Standing.ABSENT:
            lines += [view.say("打法资料:", "Playbook: ") + _quoted(quote, view) for quote in self.playbook.quotes]
        if not lines:
            lines.append(view.say("记录里没有需要马上处理的事。", "Nothing on record presses."))
        return lines

    def _script(self, view: View) -> list[str]:
        if self.script is None or self.script.standing is Standing.ABSENT or not self.script.quotes:
            return [view.say("资料里没有适合这种情况的话术。", "The documents have no script for this.")]
        return [_quoted(quote, view) for quote in self.script.quotes]

    def _solution(self, view: View) -> list[str]:
        lines = []
        for number, fit in enumerate(self.fits, 1):
            price = fit.product.list_price
            said = view.say(f",目录价 {money(price, view)}", f", list price {money(price, view)}") if price else ""
            lines.append(f"{number}. {fit.product.name}{said}")
            lines += [f"   - {fact.line(view)}" for fact in fit.facts]
        return lines or [
            view.say("记录和资料里没有能说明该推哪个产品的依据。", "Neither records nor documents speak for a product.")
        ]

    def _answers(self) -> Iterable[CollateralAnswer]:
        if self.asked is not None and self.asked.standing is Standing.FOUND:
            yield self.asked
        yield from (each for each in (self.playbook, self.script) if each and each.standing is not Standing.ABSENT)

    def _citations(self) -> Iterable[Citation]:
        quotes = [(quote.section, quote.text) for each in self._answers() for quote in each.quotes]
        quotes += [(f.section, f.quote) for fit in self.fits for f in fit.facts if f.section is not None]
        for section, text in dict.fromkeys(quotes):
            yield self.sources.cite(section, text)

    def _shown(self) -> Iterable[RecordLink]:
        yield RecordLink(type="customer", id=self.customer.id, label=self.customer.name)
        if self.facts is not None:
            yield self.facts.link


def _part(name: str, lines: list[str], view: View) -> list[str]:
    return [view.say(*_HEADS[name]), *lines]


def _quoted(quote: Quote, view: View) -> str:
    return f"{quote.text}〔{quote.section.name}〕"


@tool(args=Recommend, effect=Effect.READ)
def recommend(ctx: ToolContext, args: Recommend) -> Advice:
    """给客户或商机出主意:策略、话术、方案,都带出处. Advise on a customer or deal: strategy, script, solution, cited."""
    deal = deal_of(ctx.crm, args.customer, args.opportunity) or _soonest(ctx, args.customer)
    customer_id = deal.customer_id if deal is not None else args.customer
    if customer_id is None:
        raise refused(ctx, "要给哪个客户或商机出主意?请说名字。", "Which customer or deal is it about?")
    customer = ctx.crm.customers.require(customer_id)
    index = collateral_of(ctx.crm.documents)
    said = tuple(notes(ctx.crm, NoteFilter(customer=customer_id), limit=NOTES))
    facts = None if deal is None else _facts(ctx, customer, deal, said)
    wants = {args.aspect} if args.aspect != "all" else {"strategy", "script", "solution"}
    documents = _Documents(ctx=ctx, index=index, args=args, deal=deal, customer=customer)
    return Advice(
        aspect=args.aspect,
        customer=customer,
        facts=facts,
        points=tuple(points(facts, ctx.view)[:POINTS]) if facts is not None and "strategy" in wants else (),
        asked=documents.asked(),
        playbook=documents.playbook(facts) if "strategy" in wants else None,
        script=documents.script(said) if "script" in wants else None,
        fits=tuple(_fits(ctx, index, customer, said)) if "solution" in wants else (),
        sources=Sources(digests=ctx.crm.documents.digests()),
    )


def _soonest(ctx: ToolContext, customer: int | None) -> Opportunity | None:
    """Of several open deals the one that should close first."""
    found = opportunities(ctx.crm, OpportunityFilter(customer=customer)) if customer is not None else []
    return found[0] if found else None


def _facts(ctx: ToolContext, customer: Customer, deal: Opportunity, said: tuple[Note, ...]) -> DealFacts:
    last = last_contacts(ctx.crm, [customer.id]).get(customer.id)
    today = ctx.now.date()
    to_do = ctx.crm.tasks.of_customer(customer.id)
    return DealFacts(
        deal=deal,
        customer=customer.name,
        stage=ctx.crm.stages.require(deal.stage_id),
        today=today,
        quiet_days=None if last is None else (today - last.astimezone(ctx.view.zone).date()).days,
        tasks=tuple(task for task in to_do if task.opportunity_id in (None, deal.id)),
        contacts=tuple(ctx.crm.contacts.of_customer(customer.id)),
        notes=tuple(note for note in said if note.opportunity_id in (None, deal.id)),
    )


def _fits(ctx: ToolContext, index: CollateralIndex, customer: Customer, said: tuple[Note, ...]) -> list[Fit]:
    profile = Profile(
        customer=customer,
        deals=tuple(opportunities(ctx.crm, OpportunityFilter(customer=customer.id))),
        orders=tuple(ctx.crm.orders.of_customer(customer.id)),
        notes=said,
    )
    return fits(index, ctx.crm.products.find(), profile, ctx.view, ctx.now.date().isoformat())


@dataclass(frozen=True, kw_only=True, slots=True)
class _Documents:
    """What the documents are asked for one piece of advice."""

    ctx: ToolContext
    index: CollateralIndex
    args: Recommend
    deal: Opportunity | None
    customer: Customer

    def asked(self) -> CollateralAnswer | None:
        """What they say to the user's own words."""
        return self._answer(self.args.query) if self.args.query else None

    def playbook(self, facts: DealFacts | None) -> CollateralAnswer | None:
        """How the deal's stage is played: the playbook that names the stage, else what is found for it."""
        if facts is None:
            return None
        stages = {facts.stage.name, facts.stage.key}
        own = self._of_stage("playbook", stages)
        if own:
            return CollateralAnswer(standing=Standing.FOUND, quotes=tuple(_whole(s) for s in own[:2]))
        found = self._answer(f"{facts.stage.name}下一步怎么推进", kind="playbook")
        return found if any(q.section.about.kind == "playbook" for q in found.quotes) else None

    def script(self, said: tuple[Note, ...]) -> CollateralAnswer | None:
        """What to say: to the objection in the user's words, else to what the newest notes tell, else for the stage."""
        for text in (self.args.query, *self._concerns(said)):
            found = self._answer(f"{text},怎么回应", kind="script") if text else None
            if found is not None and found.standing is not Standing.ABSENT and _of_words(found):
                return found
        stage = self.ctx.crm.stages.get(self.deal.stage_id) if self.deal is not None else None
        own = self._of_stage("script", {stage.name, stage.key}) if stage is not None else []
        return CollateralAnswer(standing=Standing.NEAR, quotes=tuple(_whole(s) for s in own[:1])) if own else None

    def _of_stage(self, kind: str, stages: set[str]) -> list[Section]:
        """Sections of a kind that are written for a stage and still hold."""
        today = Filter(today=self.ctx.now.date().isoformat())
        return [
            section
            for section in self.index.sections
            if section.about.kind == kind
            and section.about.stage in stages
            and today.admits(section.about)
            and self._concerns_deal(section)
        ]

    def _concerns_deal(self, section: Section) -> bool:
        """Whether a document about a product is about one of the deal's."""
        if not section.about.product or self.deal is None:
            return True
        return any(about_product(section, each) for each in self.ctx.crm.products.many(self.deal.product_ids).values())

    def _concerns(self, said: tuple[Note, ...]) -> Iterable[str]:
        for note in said[:2]:
            rival = note.details.get("competitor")
            if rival:
                yield f"客户拿{rival}来比"
            yield note.summary

    def _answer(self, text: str, kind: str | None = None) -> CollateralAnswer:
        deal = self.deal.id if self.deal is not None else None
        situation = situation_of(self.ctx.crm, customer=self.customer.id, opportunity=deal, kind=kind)
        return answer(self.index, text, situation)


def _of_words(found: CollateralAnswer) -> bool:
    return any(quote.section.about.kind in ("script", "battlecard") for quote in found.quotes)


def _whole(section: Section) -> Quote:
    return Quote(section=section, text=section.text)
