"""Derives what else a record is called: model codes, initials of a company, words of a Latin name."""

from collections.abc import Iterable, Iterator

from intents import patterns as re
from intents.names import shapes
from intents.names.lexicon import lexicon
from intents.names.model import Kind, Nameable
from intents.names.ordinary import dictionary
from intents.names.shapes import CORE, GENERIC, REGION, Shape
from intents.names.typed import as_pinyin
from intents.names.units import NUMERALS, of_name
from intents.names.vocabulary import is_han

_BLANKS = re.compile(r"[\s()（）/,，、]+")
_CODE = re.compile(rf"[a-z][a-z{NUMERALS}]*|[{NUMERALS}]+[a-z][a-z{NUMERALS}]*")
_ROUND = re.compile(rf"(?<=[a-z])([{NUMERALS[1:]}])(零零零?)$")
_SCALES = frozenset({"集团", "股份", "控股", "实业", "总部"})
_WORDS = re.compile(r"[A-Za-z]{3,}")
PLAIN = 800  # dictionary frequency from which initials make a word of everyday use
LEAST_RUN = 3  # units of a piece of a product's name that is no code


def product_parts(name: str, shape: Shape) -> list[str]:
    """Return the parts that a product is called by alone: model codes, and pieces between blanks, without the brand."""
    brand = shape.units[: shape.classes.count(REGION)]
    bare = shape.units[len(brand) :]
    codes = [match.group() for match in _CODE.finditer(bare)]
    found = [*codes, *map(_spoken, codes), *(of_name(piece).removeprefix(brand) for piece in _BLANKS.split(name))]
    found += [run for run in _CODE.split(bare) if len(run) >= LEAST_RUN]
    return [part for part in dict.fromkeys(found) if len(part) >= 2 and part != shape.units]


def _spoken(code: str) -> str:
    """Return how a round number in a code is said: S100 is S一百."""
    return _ROUND.sub(lambda m: m.group(1) + ("百" if len(m.group(2)) == 2 else "千"), code)


def latin_words(name: str) -> Iterator[str]:
    """Yield the first words of a Latin name, by which it is called: Acme of Acme Robotics."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if len(words) > 1 and words[0] not in lexicon().organisation:
        yield words[0]


def heard_latin(nameable: Nameable) -> Iterator[str]:
    """Yield the Latin words of a name as syllables, where they are pinyin: KunLun is 昆仑 to a recogniser."""
    for word in _WORDS.findall(nameable.name):
        pinyin = as_pinyin(word.lower())
        if pinyin:
            yield pinyin


def abbreviations(nameable: Nameable, shape: Shape) -> Iterable[str]:
    """Yield the initials by which companies go: 上海汽车集团 → 上汽, 上汽集团; 上海宝山钢铁集团 → 宝钢."""
    if nameable.kind is not Kind.CUSTOMER or not 4 <= len(shape.units) <= 12 or not is_han(shape.units):
        return ()
    return [text for text in dict.fromkeys(_initials(shape)) if dictionary().frequency(text) < PLAIN]


def _without_scale(units: str) -> str:
    while units[-2:] in _SCALES:
        units = units[:-2]
    return units


def _initials(shape: Shape) -> Iterator[str]:
    base, units = lexicon(), _without_scale(shape.units)
    region = shapes.region_length(units, base.regions)
    if 2 <= region <= 3 and shape.classes[0] != REGION and len(units) - region >= 2:
        pairs = [units[i : i + 2] for i in range(region, len(units) - 1, 2)]
        yield units[0] + pairs[0][0]
        yield units[0] + "".join(pair[0] for pair in pairs)
        if len(pairs) > 1 and pairs[-1] in base.organisation:
            yield units[0] + pairs[0][0] + pairs[-1]
    elif shape.classes.count(CORE) == 2 and GENERIC in shape.classes:
        begin = shape.classes.index(CORE)
        if begin + 2 < len(units):
            yield units[begin] + units[begin + 2]
