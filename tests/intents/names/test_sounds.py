"""Characters sound as in Mandarin of today; likeness knows what dialects and recognisers confuse."""

import numpy as np
import pytest

from intents.names import build_readings
from intents.names.sounds import FAR, NEAR, NEAR_TWICE, SAME, fold_of, readings_of, sounds, split_syllable


def syllables(character: str) -> set[str]:
    """Return the readings of a character."""
    return {sounds().syllables[reading] for reading in readings_of(character)}


@pytest.mark.parametrize(
    ("character", "readings"),
    [("汪", {"wang"}), ("重", {"zhong", "chong"}), ("柏", {"bai", "bo"}), ("覃", {"tan", "qin"}),
     ("翟", {"di", "zhai"}),
     ("冯", {"feng", "ping"}), ("女", {"nv"}), ("6", set()), ("c", {"@c", "xi", "sei"}), ("一", {"yi", "yao"}),
     ("𠮷", set())],
)  # fmt: skip
def test_readings(character: str, readings: set[str]) -> None:
    assert syllables(character) == readings


@pytest.mark.parametrize(
    ("a", "b", "likeness"),
    [("li", "li", SAME), ("li", "ni", NEAR), ("lin", "ling", NEAR), ("ning", "lin", NEAR_TWICE), ("si", "shi", NEAR),
     ("zan", "zhang", NEAR_TWICE), ("cen", "ceng", NEAR), ("fu", "hu", NEAR), ("fei", "hui", NEAR),
     ("huang", "fang", NEAR),
     ("ran", "lan", NEAR), ("tun", "tu", FAR), ("guang", "gong", FAR), ("yue", "ye", FAR), ("wang", "zhou", 0),
     ("ma", "po", 0)],
)  # fmt: skip
def test_likeness(a: str, b: str, likeness: float) -> None:
    table = sounds()
    assert table.alike[table.ids[a], table.ids[b]] == pytest.approx(likeness)
    assert table.alike[table.ids[b], table.ids[a]] == pytest.approx(likeness)


def test_near_syllables_share_a_fold() -> None:
    table = sounds()
    first, second = np.nonzero(table.alike > NEAR_TWICE - 0.01)
    assert (table.fold[first] == table.fold[second]).all()


@pytest.mark.parametrize(
    ("syllable", "parts"),
    [("zhuang", ("zh", "uang")), ("yu", ("-", "v")), ("yuan", ("-", "van")), ("you", ("-", "iu")), ("wen", ("-", "un")),
     ("wu", ("-", "u")), ("ju", ("j", "v")), ("ai", ("-", "ai")), ("yi", ("-", "i")), ("ya", ("-", "ia"))],
)  # fmt: skip
def test_a_syllable_splits_into_initial_and_final(syllable: str, parts: tuple[str, str]) -> None:
    assert split_syllable(syllable) == parts


def test_letters_fold_to_themselves() -> None:
    assert fold_of("@k") == "@k"


@pytest.mark.slow
def test_the_table_is_what_the_dictionary_gives() -> None:
    lines = [
        f"{slot}\t{reading}\t{''.join(chars)}" for (slot, reading), chars in sorted(build_readings.table().items())
    ]
    assert build_readings.TABLE.read_text(encoding="utf-8").splitlines() == lines
