"""What a write shows: a sentence, and for each record a card with its fields or with old → new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from crm_store.audit import CREATE, DELETE, UPDATE, Change
from crm_store.records import Record
from tools.base import ToolContext, View
from tools.cards import Answer, Card, Fact, RecordLink, Row
from tools.fields import changed_facts, facts_of, field_of
from tools.naming import Names, label_of, link_to, names_for
from tools.wording import TYPES, counted, listed, word

CARDS = 4
"""From so many records of one kind on, they share one card with a row each."""
SHORT_FACTS = 3
_DONE = {CREATE: ("新建", "Created"), UPDATE: ("更新", "Updated"), DELETE: ("删除", "Deleted")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Same:
    """A record that already was as wanted: nothing was changed."""

    record_type: str
    record: Record
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What a write did. `headline` (zh, en) says more than the fields do; without it they are the sentence."""

    changes: tuple[Change, ...]
    same: tuple[Same, ...]
    names: Names
    headline: tuple[str, str] | None = None
    remark: tuple[str, str] | None = None

    def render(self, view: View) -> Answer:
        """The answer to show."""
        sentences = [self._headline(view), *(self._same_text(one, view) for one in self.same)]
        if self.remark:
            sentences.append(view.say(*self.remark))
        cards = [card for kind, group in _by_kind(self.changes) for card in self._cards(*kind, group, view)]
        return Answer(
            text="\n".join(sentence for sentence in sentences if sentence), cards=tuple(cards), shown=self._shown()
        )

    def _headline(self, view: View) -> str:
        if self.headline is not None and self.changes:
            return view.say(*self.headline)
        return view.say(";", "; ").join(self._summary(*kind, group, view) for kind, group in _by_kind(self.changes))

    def _summary(self, op: str, record_type: str, changes: list[Change], view: View) -> str:
        done = word(_DONE, op, view)
        if len(changes) > 1:
            return view.say(f"已{done} ", f"{done} ") + counted(len(changes), record_type, view)
        change, (zh, en) = changes[0], TYPES.get(record_type, (record_type, record_type))
        label = label_of(change.record, self.names)
        said = view.say(f"已{done}{zh}「{label}」", f"{done} {en} “{label}”")
        facts = self._facts(change, view) if op == UPDATE else ()
        if not facts or len(facts) > SHORT_FACTS:
            return said
        return f"{said}: " + listed([f"{f.label} {f.before} → {f.value}" for f in facts], view)

    def _same_text(self, same: Same, view: View) -> str:
        label = label_of(same.record, self.names)
        shown = [found for name in same.fields if (found := field_of(same.record_type, name))]
        values = [f"{s.label(view)} {s.text(same.record, self.names, view) or view.say('无', 'none')}" for s in shown]
        now = listed(values, view)
        if not now:
            return view.say(f"「{label}」没有改动。", f"“{label}” was not changed.")
        return view.say(f"「{label}」本来就是 {now},没有改动。", f"“{label}” already has {now}; nothing was changed.")

    def _cards(self, op: str, record_type: str, changes: list[Change], view: View) -> list[Card]:
        if len(changes) < CARDS:
            return [self._card(change, view) for change in changes]
        title = word(_DONE, op, view) + view.say(" ", " ") + counted(len(changes), record_type, view)
        return [Card(title=title, rows=tuple(self._row(change, view) for change in changes), change=op)]

    def _card(self, change: Change, view: View) -> Card:
        zh, en = TYPES.get(change.record_type, (change.record_type, change.record_type))
        done = word(_DONE, change.op, view)
        label = label_of(change.record, self.names)
        return Card(
            title=view.say(f"{done}{zh}: {label}", f"{done} {en}: {label}"),
            link=link_to(change.record_type, change.record, self.names),
            facts=self._facts(change, view),
            change=change.op,
        )

    def _row(self, change: Change, view: View) -> Row:
        facts = self._facts(change, view)
        cells = [f"{f.label} {f.before} → {f.value}" if f.before else f"{f.label} {f.value}" for f in facts]
        return Row(
            cells=(label_of(change.record, self.names), *cells),
            link=link_to(change.record_type, change.record, self.names),
        )

    def _facts(self, change: Change, view: View) -> tuple[Fact, ...]:
        if change.before is not None and change.after is not None:
            return changed_facts(change.record_type, change.before, change.after, self.names, view)
        label = label_of(change.record, self.names)
        return tuple(
            fact for fact in facts_of(change.record_type, change.record, self.names, view) if fact.value != label
        )

    def _shown(self) -> tuple[RecordLink, ...]:
        links = [link_to(change.record_type, change.record, self.names) for change in self.changes]
        links += [link_to(same.record_type, same.record, self.names) for same in self.same]
        return tuple(dict.fromkeys(links))


def _by_kind(changes: Iterable[Change]) -> list[tuple[tuple[str, str], list[Change]]]:
    """Neighbouring changes of the same op and record type."""
    grouped = groupby(changes, key=lambda change: (change.op, change.record_type))
    return [(kind, list(group)) for kind, group in grouped]


class Writing:
    """Collects what one tool call writes: the audited changes since it began, and what was already so."""

    def __init__(self, ctx: ToolContext) -> None:
        self._ctx = ctx
        self._begin = len(ctx.crm.audit.changes)
        self._same: list[Same] = []

    def update(self, record_type: str, record_id: int, fields: Mapping[str, Any]) -> Any:
        """Change a record, or note that it already is so; the record as it now stands."""
        changes = self._ctx.crm.audit.changes
        count = len(changes)
        now = self._ctx.crm.repository(record_type).update(record_id, **fields)
        if len(changes) == count:
            self._same.append(Same(record_type=record_type, record=now, fields=tuple(fields)))
        return now

    def result(self, headline: tuple[str, str] | None = None, remark: tuple[str, str] | None = None) -> Written:
        """What this call did."""
        changes = tuple(self._ctx.crm.audit.changes[self._begin :])
        records = [r for change in changes for r in (change.before, change.after) if r is not None]
        names = names_for(self._ctx, [*records, *(same.record for same in self._same)])
        return Written(changes=changes, same=tuple(self._same), names=names, headline=headline, remark=remark)
