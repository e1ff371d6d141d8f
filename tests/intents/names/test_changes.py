"""An index takes changes without being built anew, and answers as one that was."""

from dataclasses import replace

import pytest

from intents.names import Kind, Nameable, NameIndex
from intents.names.postings import pairs_of
from intents.names.segment import build_segment, distinct
from tests.intents.names.world import book, made_up

NEW = Nameable(kind=Kind.CUSTOMER, id=900, name="徐州霁栎玻璃有限公司", aliases=("霁栎",))


def names(index: NameIndex, text: str) -> list[str]:
    """Return the names of the likely candidates."""
    return [c.nameable.name for m in index.mentions(text) for c in m.candidates if c.score >= 0.75]


def test_an_added_record_is_found(index: NameIndex) -> None:
    changed = index.with_changes([NEW], [])
    assert names(changed, "霁栎的合同") == [NEW.name]
    assert changed.lookup("济力玻璃")[0].nameable == NEW
    assert names(changed, "檀溪的合同") == ["宁波檀溪家居集团有限公司"]


def test_the_old_index_does_not_change(index: NameIndex) -> None:
    index.with_changes([NEW], [(Kind.CUSTOMER, 0)])
    assert names(index, "霁栎的合同") == []
    assert names(index, "翎川精密的合同") == ["苏州翎川精密机械有限公司"]


def test_a_removed_record_is_not_found(index: NameIndex) -> None:
    changed = index.with_changes([], [(Kind.CUSTOMER, 9), (Kind.CONTACT, 0)])
    assert names(changed, "檀溪的合同") == []
    assert changed.lookup("檀溪", kinds={Kind.CUSTOMER}) == []
    assert "汪建桥" not in names(changed, "汪主任来电")


def test_a_renamed_record_is_found_by_its_new_name_only(index: NameIndex) -> None:
    (old,) = [n for n in book() if n.key == (Kind.CUSTOMER, 9)]
    changed = index.with_changes([replace(old, name="宁波朔弈家居有限公司", aliases=("朔弈",))], [])
    assert names(changed, "檀溪的合同") == []
    assert names(changed, "朔弈的合同") == ["宁波朔弈家居有限公司"]


def test_changes_add_up(index: NameIndex) -> None:
    changed = index.with_changes([NEW], []).with_changes([replace(NEW, id=901, name="徐州泓朔玻璃", aliases=())], [])
    assert names(changed, "霁栎和泓朔的合同") == [NEW.name, "徐州泓朔玻璃"]
    assert names(changed.with_changes([], [NEW.key]), "霁栎和泓朔的合同") == ["徐州泓朔玻璃"]


def test_an_unknown_key_is_no_error(index: NameIndex) -> None:
    assert names(index.with_changes([], [(Kind.TASK, 12345)]), "檀溪的合同") == ["宁波檀溪家居集团有限公司"]


def test_an_index_that_was_changed_much_asks_to_be_built_anew_and_then_holds_the_same_records() -> None:
    first = NameIndex.build(made_up(10, 5, seed=1))
    added = [replace(n, id=f"n{n.id}") for n in made_up(400, 300, seed=2)]
    changed = first.with_changes(added, [(Kind.CUSTOMER, 0)])
    assert changed.overgrown
    assert not first.overgrown
    renewed = changed.renewed()
    assert not renewed.overgrown
    held = renewed.shelf.segment.nameables
    assert {n.key for n in held} == {n.key for n in (*added, *first.shelf.segment.nameables)} - {(Kind.CUSTOMER, 0)}


def test_two_indexes_grown_from_one_know_nothing_of_each_other(index: NameIndex) -> None:
    first = index.with_changes([NEW], [])
    other = replace(NEW, id=901, name="徐州泓朔玻璃", aliases=())
    one, two = first.with_changes([other], []), first.with_changes([], [NEW.key])
    assert names(one, "霁栎和泓朔的合同") == [NEW.name, other.name]
    assert names(two, "霁栎和泓朔的合同") == []
    assert names(first, "霁栎和泓朔的合同") == [NEW.name]
    assert [c.nameable for c in one.lookup("泓朔玻璃")][:1] == [other]


def test_one_row_added_has_the_postings_of_a_row_built() -> None:
    record = replace(NEW, name="重庆K60曾单工厂", aliases=("乐行",))
    built = build_segment((record,))
    base = build_segment((replace(NEW, id=1, name="甲"),), built.known)
    rows = distinct(0, record, base.known)
    entries = [one for i, row in enumerate(rows) for one in pairs_of(i, row.shape.units, row.shape.classes, loose=True)]
    bounds = sorted({*built.postings.starts.tolist(), *built.postings.weak.tolist()})
    assert len(entries) == len(built.postings.entries) == bounds[-1]
    held = built.postings
    for key, entry in entries:
        first, weak = held.starts[key // 2], held.weak[key // 2]
        stretch = held.entries[weak : held.starts[key // 2 + 1]] if key % 2 else held.entries[first:weak]
        assert entry in stretch


def test_persons_added_are_called_by_surname_and_title(index: NameIndex) -> None:
    person = Nameable(kind=Kind.CONTACT, id=902, name="仉博文", customer_id=0, title="采购经理")
    again = replace(person, id=903, name="仉若水")
    one = index.with_changes([person], [])
    two = one.with_changes([again], [])
    assert names(one, "约仉经理谈一下") == ["仉博文"]
    assert sorted(names(two, "约仉经理谈一下")) == ["仉博文", "仉若水"]
    assert names(index, "约仉经理谈一下") == []


@pytest.mark.parametrize("text", ["翎川精密的汪主任", "珀郎陶瓷那单", "K80发给砚青", "上门标定张力传感器"])
def test_an_index_made_by_changes_answers_as_one_built_at_once(index: NameIndex, text: str) -> None:
    made = NameIndex.build(book()[:30]).with_changes(book()[30:], [])

    def likely(one: NameIndex) -> set[tuple[str, str]]:
        return {(m.text, c.nameable.name) for m in one.mentions(text) for c in m.candidates if c.score > 0.7}

    assert likely(made) == likely(index)
