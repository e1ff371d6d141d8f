"""The tool that answers from the sales documents: exact quotes with their source, or that it isn't there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import Field

from crm_store.collateral.answering import CollateralAnswer, Standing, answer
from crm_store.collateral.passages import Section
from crm_store.collateral.shelf import collateral_of
from tools.base import Args, CustomerRef, Effect, OpportunityRef, ProductRef, ToolContext, View, tool
from tools.cards import Answer
from tools.citing import Sources
from tools.collateral_situation import situation_of


class SearchCollateral(Args):
    """Arguments of search_collateral."""

    query: str = Field(description="用户的问题,用原话 (the question, in the user's words)", max_length=2000)
    customer: CustomerRef | None = Field(default=None, description="是为哪个客户问的 (customer it is asked for)")
    opportunity: OpportunityRef | None = Field(default=None, description="是为哪个商机问的 (opportunity)")
    product: ProductRef | None = Field(default=None, description="问的是哪个产品 (product)")
    kind: str | None = Field(
        default=None, description="资料种类:product、policy、script、battlecard、case、playbook (kind of document)"
    )
    topic: str | None = Field(default=None, description="主题 (topic)")


@dataclass(frozen=True, kw_only=True, slots=True)
class CollateralFound:
    """What the documents say to a question."""

    query: str
    answer: CollateralAnswer
    sources: Sources = field(default_factory=Sources)

    def render(self, view: View) -> Answer:
        """The answer to show: every sentence with a fact is a quote."""
        found = self.answer
        lines = [self._headline(view), *(quote.text for quote in found.quotes)]
        citations = tuple(self.sources.cite(quote.section, quote.text) for quote in found.quotes)
        return Answer(text="\n".join(line for line in lines if line), citations=citations)

    def _headline(self, view: View) -> str:
        found = self.answer
        missing = _listed(found.missing, view)
        if found.standing is Standing.FOUND:
            return ""
        if found.standing is Standing.NEAR:
            return view.say(
                f"资料里没有直接写到{missing or '这一点'},最接近的是:",
                f"The documents don't say it directly{_about(missing)}; the nearest passage:",
            )
        return _absent(missing, found.nearest, view)


def _absent(missing: str, nearest: Iterable[Section], view: View) -> str:
    titles = list(dict.fromkeys(section.title for section in nearest))
    zh = f"资料里没有写到{missing or '这个'}。"
    en = f"The documents say nothing on this{_about(missing)}."
    if not titles:
        return view.say(zh, en)
    return view.say(
        f"{zh}最接近的资料是{'、'.join(f'《{title}》' for title in titles)},里面没有这一项;可以向产品或技术同事确认。",
        f"{en} The nearest documents are {', '.join(titles)}, which don't have it; please check with the product team.",
    )


def _about(missing: str) -> str:
    return f" ({missing})" if missing else ""


def _listed(words: Iterable[str], view: View) -> str:
    chosen = list(words)[:3]
    return view.say("、".join(f"「{word}」" for word in chosen), ", ".join(chosen))


@tool(args=SearchCollateral, effect=Effect.READ)
def search_collateral(ctx: ToolContext, args: SearchCollateral) -> CollateralFound:
    """查资料:规格、政策、话术、案例、竞品、打法. Answer from product documents, policies, scripts, cases, battle cards.

    Quotes word for word; what the documents don't say is said to be not there.
    """
    index = collateral_of(ctx.crm.documents)
    query = args.query if not args.topic or args.topic in args.query else f"{args.query} {args.topic}"
    situation = situation_of(
        ctx.crm, customer=args.customer, opportunity=args.opportunity, product=args.product, kind=args.kind
    )
    sources = Sources(digests=ctx.crm.documents.digests())
    return CollateralFound(query=args.query, answer=answer(index, query, situation), sources=sources)
