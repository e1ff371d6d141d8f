"""Cuts a message into commands: the best labelled segmentation of its clauses by the classifier."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from intents import patterns as re
from intents.classifier import Classifier, Guess, Scores
from intents.clauses import Clause, split_clauses, without_courtesy
from intents.evidence import DEED_BY, MUSES, evidence_in, weigh
from intents.names import Kind, Mention
from intents.sentence import Sentence, Stretch

PER_SEGMENT = 0.7
"""Cost (nats) of one more command; chosen on the development suites, see eval/README.md."""
LONGEST = 6
_ROUNDING = 1e-6
MANY_CLAUSES = 24
REMARK, NOTE = "remark", "record_note"


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One command: a stretch `[begin, stop)` of the text, its intent, and what else it might be, best first."""

    begin: int
    stop: int
    intent: str
    score: float
    guesses: tuple[Guess, ...]
    question: bool = False


def find_commands(sentence: Sentence, classifier: Classifier, topic: str | None = None) -> list[Command]:
    """The commands of a message, left to right; remarks are kept, with that name.

    `topic` is the record type that the conversation is about, which the next message probably is about too.
    """
    clauses = split_clauses(sentence.text, language=sentence.language)
    clauses = _condensed(sentence, without_courtesy(sentence.text, clauses))[:MANY_CLAUSES]
    clauses = [part for clause in clauses for part in _told_in_a_row(sentence, clause)][:MANY_CLAUSES]
    if not clauses:
        return []
    return [_command(sentence, classifier, clauses[i:j], topic) for i, j in _best_cut(sentence, classifier, clauses)]


_ROW = (Kind.CUSTOMER, Kind.OPPORTUNITY, Kind.TASK, Kind.CONTACT)
_SETS_A_VALUE = re.compile(r"(?:改|推进?|挪|提|调|升|降|换|定|提前|延|移|放|标|设)(?:迟|后)?(?:到|至|成|为|在)?$")
_ENDS = re.compile(
    r"(?:设|建|记|加|排|挂)(?:上|一?[个条])?(?:提醒|待办|任务|日程|日历)$|(?:勾|划)(?:掉|了)$|打勾$|标(?:成|为)?完成$|日程记上$|"
    r"(?:升|降|调|改|定)(?:到|成|为)[ABC] ?级?$|那[条个件](?:待办|任务)?(?:已|算)?完成$"
)
_FIRST_PART, _ROW_LEAST = 6, 0.6


def _told_in_a_row(sentence: Sentence, clause: Clause) -> list[Clause]:
    """The parts of a clause written without punctuation: cut before a name right behind an order that is complete."""
    if (reminder := _reminder_behind_an_order(sentence, clause)) is not None:
        before = Clause(clause.begin, reminder, opens=clause.opens) if reminder > clause.begin else None
        rest = Clause(reminder, clause.stop, clause.question, opens=True)
        return [*(_told_in_a_row(sentence, before) if before else []), rest]
    begin = clause.begin
    parts: list[Clause] = []
    for mention in sorted(sentence.mentions, key=lambda m: m.begin):
        best = mention.candidates[0] if mention.candidates else None
        if best is None or best.score < _ROW_LEAST or best.nameable.kind not in _ROW or mention.stop > clause.stop:
            continue
        if mention.begin - begin >= _FIRST_PART and _is_complete(
            sentence, begin, mention.begin, sure=best.score >= 0.9
        ):
            parts.append(Clause(begin, mention.begin, opens=bool(parts) or clause.opens))
            begin = mention.begin
    return [*parts, Clause(begin, clause.stop, clause.question, opens=True)] if parts else [clause]


_ORDERED = re.compile(r"丢单|(?:勾|划)掉|(?<!没)完成|改[到成为]|[升推提进]到|取消|赢单|不动")
_CALLS_ME = re.compile(r"(?:提醒|叫|喊)我")
_VALUE_BEFORE = "到成在为至从"


def _reminder_behind_an_order(sentence: Sentence, clause: Clause) -> int | None:
    """Where a time right before 提醒我 begins an order of its own, for another order was given before it."""
    for time in sentence.times:
        if not (clause.begin <= time.begin and time.stop <= clause.stop) or not _CALLS_ME.match(
            sentence.text, time.stop
        ):
            continue
        ordered = _ORDERED.search(sentence.text, 0, time.begin) is not None
        if ordered and sentence.text[time.begin - 1] not in _VALUE_BEFORE:
            return time.begin
    return None


def _is_complete(sentence: Sentence, begin: int, stop: int, *, sure: bool) -> bool:
    """Whether the words up to `stop` set a value that ends there, or end in words that close an order."""
    if _ENDS.search(sentence.text[begin:stop]):
        return True
    stages = (m for m in sentence.mentions if m.candidates and m.candidates[0].nameable.kind is Kind.STAGE)
    values: tuple[Stretch, ...] = (*sentence.amounts, *sentence.times, *stages)
    return sure and any(
        begin < v.begin and v.stop == stop and _SETS_A_VALUE.search(sentence.text[begin : v.begin]) for v in values
    )


_MAY_ASK = re.compile(
    r"提醒|待办|日程|叫我|喊我|帮我|给我|麻烦你|设个?|安排|推到|推进|挪到|顺延|改到|改成|改为|更新|标成|标记|新建|建个|加个|登记|记一?[下条笔个]|升到|升成|升为|"
    r"降到|降成|降为|删|撤销|取消|完成|搞定|勾|另外|对了|查一下|看一下|多少|什么时候|哪些|"
    r"\b(?:remind|task|schedule|move|update|set|mark|create|add|cancel|delete|log|note)\b",
    re.I,
)
_NOTED = re.compile(r"纪要|记录|记一下|记一?[条笔个]|口述|小结|备忘|\b(?:minutes|notes?|log)\b", re.I)


def _condensed(sentence: Sentence, clauses: list[Clause]) -> list[Clause]:
    """Of a long message: the clauses that may ask for something, the talk between them in one piece or left out.

    Talk is kept where a minute is asked for (it is what is to be noted) and where it names somebody.
    """
    if len(clauses) <= MANY_CLAUSES:
        return clauses
    kept: list[Clause] = []
    noted = _NOTED.search(sentence.text) is not None
    talk: list[Clause] = []
    for clause in [*clauses, None]:
        if clause is not None and not _MAY_ASK.search(sentence.text, clause.begin, clause.stop):
            talk.append(clause)
            continue
        if talk and noted:
            kept.append(Clause(talk[0].begin, talk[-1].stop))
        elif talk:
            kept += [c for c in talk[-1:] if _names_somebody(sentence, c)]
        talk = []
        if clause is not None:
            kept.append(clause)
    return kept or clauses


def _names_somebody(sentence: Sentence, clause: Clause) -> bool:
    return any(
        clause.begin <= m.begin and m.stop <= clause.stop and m.candidates and m.candidates[0].score >= 0.85
        for m in sentence.mentions
    )


def _best_cut(sentence: Sentence, classifier: Classifier, clauses: Sequence[Clause]) -> list[tuple[int, int]]:
    """Dynamic programming over cuts: the sum of each segment's best log probability, less a cost a segment."""
    count = len(clauses)
    best = [0.0] + [-math.inf] * count
    back = [0] * (count + 1)
    for j in range(1, count + 1):
        for i in range(max(0, j - LONGEST), j):
            if best[i] - PER_SEGMENT + _ROUNDING <= best[j]:
                continue  # a probability of 1 would not help
            against = _joining(sentence, clauses[i:j])
            if best[i] - PER_SEGMENT - against + _ROUNDING <= best[j]:
                continue
            reads = _reading(sentence, classifier, clauses[i].begin, clauses[j - 1].stop).best_single
            score = best[i] + reads - PER_SEGMENT - against
            if score > best[j]:
                best[j], back[j] = score, i
    cuts: list[tuple[int, int]] = []
    j = count
    while j > 0:
        cuts.append((back[j], j))
        j = back[j]
    return cuts[::-1]


HEARD = 0.7
"""What reading misheard command words right must gain (nats) to be believed."""


def _reading(sentence: Sentence, classifier: Classifier, begin: int, stop: int) -> Scores:
    """The masked text as written, or as it sounds where that makes far better sense as a command."""
    masked, sounded = sentence.masked(begin, stop), sentence.masked(begin, stop, heard=True)
    written = read(sentence, classifier, masked)
    if sounded == masked:
        return written
    heard = read(sentence, classifier, sounded)
    return heard if heard.best_single - written.best_single > HEARD else written


def read(sentence: Sentence, classifier: Classifier, masked: str) -> Scores:
    """What a masked stretch of the sentence may mean; a message is looked at in several ways."""
    known = sentence.derived.get(("scores", masked))
    if not isinstance(known, Scores):
        known = sentence.derived["scores", masked] = classifier.scores(masked)
    return known


_CONNECTIVE = re.compile(
    r"并(?=[把将且删改设建给请提记标])|另外|顺便|顺带|还有|然后|接着|同时|此外|再(?:建|设|加|给|帮|把|提醒|记|排|来|安排|新|约|查|看)|also|then|"
    r"and (?:move|push|remind|mark|create|cancel|log|add|update|change|raise|set|list|show)\b",
    re.I,
)
_ACROSS_CONNECTIVE, _ACROSS_SEMICOLON, _TWO_NAMED, _AFTER_NO, _MUSING, _TWO_KINDS = 2.5, 1.5, 3.0, 3.0, 2.0, 2.0
_NO_FIRST = re.compile(r"^(?:先别|别|不对|不是|算了|等等|慢着|不行|不要|错了|no|wait|hold on)(?:了|动|急)?$", re.I)
_MET = re.compile(
    r"(?:我|我们)?(?:今天|上午|下午)?(?:刚刚?|才)(?:从|跟|和|去|见|拜访|谈|聊|开完)|just (?:met|visited|saw)", re.I
)
_MOVED = re.compile(r"(?:推|进|移|改|挪)(?:进)?到.{1,8}$")
_DEED_APART = 3.0
_APART = (Kind.CUSTOMER, Kind.OPPORTUNITY, Kind.TASK)


def _joining(sentence: Sentence, clauses: Sequence[Clause]) -> float:
    """What speaks against one command of these clauses (nats): a connective between them, two customers named."""
    if len(clauses) < 2:
        return 0.0
    against = sum(_ACROSS_CONNECTIVE for c in clauses[1:] if c.opens or _CONNECTIVE.match(sentence.text, c.begin))
    against += sum(_ACROSS_SEMICOLON for c in clauses[1:] if "；" in sentence.text[max(0, c.begin - 2) : c.begin])
    if _NO_FIRST.match(sentence.text[clauses[0].begin : clauses[0].stop]):
        against += _AFTER_NO
    if _declines_first(sentence, clauses):
        against += _AFTER_NO
    if any(MUSES.search(sentence.text, c.begin, c.stop) for c in clauses[1:]):
        against += _MUSING
    against += _DEED_APART * _deeds_among_others(sentence, clauses)
    named = [_customers_of(sentence, clause) for clause in clauses]
    if len(set.union(*named)) > 1 and sum(bool(n) for n in named) > 1:
        against += _TWO_NAMED
    moved = [moves_a_deal(sentence, c.begin, c.stop) for c in clauses]
    against += _DEED_APART * (moved[-1] and not any(moved[:-1]) and _NOTED.search(sentence.text) is not None)
    against += _TWO_KINDS * (_names_deal_and_task(sentence, clauses) or _moves_by_the_hour(sentence, clauses))
    return against


_DECLINES = re.compile(
    r"^(?:那|好|行|嗯|就|我们?|你|咱们?|[，,\s])*(?:先|暂时|暂且)?(?:不(?:用|要)?|别)(?:先|再|急着)?(?:给|把|跟|动|改|升|降|报|发|推)"
)
_REMINDS = re.compile(r"提醒|叫我|喊我|(?:设|建|加|排|安排|记)(?:上|一)?[个条]?(?:待办|任务|日程)")


def _declines_first(sentence: Sentence, clauses: Sequence[Clause]) -> bool:
    """Whether the first clause says what is not to be done and a later one asks for a reminder."""
    first, *rest = clauses
    return _DECLINES.search(sentence.text[first.begin : first.stop]) is not None and any(
        _REMINDS.search(sentence.text, c.begin, c.stop) for c in rest
    )


def _deeds_among_others(sentence: Sentence, clauses: Sequence[Clause]) -> int:
    """How many clauses that say what is to be done by when stand beside a meeting told or a move to a stage."""
    words = [sentence.text[clause.begin : clause.stop] for clause in clauses]
    deeds = sum(DEED_BY.match(each) is not None for each in words)
    told = _MET.match(words[0]) is not None
    moved = any(_MOVED.search(each) for each in words[1:])
    return deeds if told or moved else 0


def _names_deal_and_task(sentence: Sentence, clauses: Sequence[Clause]) -> bool:
    """Whether one clause names a deal for sure and another one a task, so that each says something of its own."""
    kinds = [
        {
            m.candidates[0].nameable.kind
            for m in sentence.mentions
            if clause.begin <= m.begin and m.stop <= clause.stop and m.candidates and m.candidates[0].score >= 0.8
        }
        for clause in clauses
    ]
    return any(Kind.OPPORTUNITY in k and Kind.TASK not in k for k in kinds) and any(
        Kind.TASK in k and Kind.OPPORTUNITY not in k for k in kinds
    )


_MOVED_IN_TIME = re.compile(r"[^，。；]{2,}(?:改|挪|推|延|提前|调|移|放)(?:迟|后)?(?:到|至|成|在)")


def _moves_by_the_hour(sentence: Sentence, clauses: Sequence[Clause]) -> bool:
    """Whether one clause moves something to an hour, which a deal has none of, and another changes a value or stage."""
    moved, valued = False, False
    for clause in clauses:
        hours = any(t.due_has_hour and clause.begin <= t.begin and t.stop <= clause.stop for t in sentence.times)
        moved |= hours and _MOVED_IN_TIME.match(sentence.text, clause.begin, clause.stop) is not None
        priced = any(clause.begin <= a.begin and a.stop <= clause.stop and a.unit for a in sentence.amounts)
        valued |= not hours and priced
    return moved and valued


STAGE_SURE = 0.85
_ONTO_STAGE = re.compile(r"(?:推|进|挪|转|改|移|调|退|升|拉|走)(?:进|回)?(?:到|至|成|为)?$")


def stage_named(sentence: Sentence, begin: int, stop: int) -> Mention | None:
    """The stage of the pipeline that a stretch names for sure, the last of several."""
    inside = [m for m in sentence.mentions if begin <= m.begin and m.stop <= stop and m.candidates]
    named = [m for m in inside if m.candidates[0].nameable.kind is Kind.STAGE and m.candidates[0].score >= STAGE_SURE]
    return named[-1] if named else None


def moves_a_deal(sentence: Sentence, begin: int, stop: int) -> bool:
    """Whether a deal that is named for sure is moved to a stage of the pipeline (某某项目推到报价)."""
    stage = stage_named(sentence, begin, stop)
    if stage is None or _ONTO_STAGE.search(sentence.text[begin : stage.begin]) is None:
        return False
    best = [m.candidates[0] for m in sentence.mentions if begin <= m.begin and m.stop <= stop and m.candidates]
    return any(c.nameable.kind is Kind.OPPORTUNITY and c.score >= STAGE_SURE for c in best)


def _customers_of(sentence: Sentence, clause: Clause) -> set[int | str | None]:
    """The customers that a clause names for sure, itself or by their deals."""
    inside = (m for m in sentence.mentions if clause.begin <= m.begin and m.stop <= clause.stop and m.candidates)
    best = [c for m in inside for c in m.candidates[:1] if c.nameable.kind in _APART and c.score >= 0.85]
    return {c.nameable.id if c.nameable.kind is Kind.CUSTOMER else c.nameable.customer_id for c in best} - {None}


def command_of(sentence: Sentence, classifier: Classifier, clause: Clause) -> Command:
    """What one clause orders by itself."""
    return _command(sentence, classifier, [clause], None)


def _command(sentence: Sentence, classifier: Classifier, clauses: Sequence[Clause], topic: str | None) -> Command:
    begin, stop = clauses[0].begin, clauses[-1].stop
    added = weigh(evidence_in(sentence, begin, stop), classifier.labels, topic)
    guesses = tuple(classifier.guess(_reading(sentence, classifier, begin, stop), added=added, best=6))
    return Command(
        begin=begin,
        stop=stop,
        intent=guesses[0].name,
        score=guesses[0].score,
        guesses=guesses,
        question=clauses[-1].question,
    )
