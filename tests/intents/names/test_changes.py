"""An index takes changes without being built anew, and answers as one that was."""

from dataclasses import replace

import pytest

from intents.names import Kind, Nameable, NameIndex
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


def test_many_changes_make_a_new_base() -> None:
    first = NameIndex.build(made_up(10, 5, seed=1))
    added = [replace(n, id=f"n{n.id}") for n in made_up(400, 300, seed=2)]
    changed = first.with_changes(added, [])
    assert changed.fresh is None
    assert len(changed.base.segment.nameables) == len(added) + len(first.base.segment.nameables)


@pytest.mark.parametrize("text", ["翎川精密的汪主任", "珀郎陶瓷那单", "K80发给砚青", "上门标定张力传感器"])
def test_an_index_made_by_changes_answers_as_one_built_at_once(index: NameIndex, text: str) -> None:
    made = NameIndex.build(book()[:30]).with_changes(book()[30:], [])

    def likely(one: NameIndex) -> set[tuple[str, str]]:
        return {(m.text, c.nameable.name) for m in one.mentions(text) for c in m.candidates if c.score > 0.7}

    assert likely(made) == likely(index)
