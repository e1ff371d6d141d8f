"""The form in which two spellings of one organisation's name are equal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_LEGAL_FORMS = (
    "股份有限公司", "有限责任公司", "有限公司", "股份公司", "集团公司", "集团", "公司",
    "co.,ltd", "inc", "llc", "gmbh",
)  # fmt: skip
_IGNORED = " \t\r\n\u3000()·.,'’-"
_DROP = dict.fromkeys(map(ord, _IGNORED))
_FORMS = tuple(dict.fromkeys(form.translate(_DROP) for form in _LEGAL_FORMS))
_BETWEEN = "\x00"


def name_key(name: str) -> str:
    """A name without width, case, spaces, punctuation and legal form; never empty where `name` is not.

    Different organisations may share a key (华能集团, 华能有限公司): it finds candidates, it proves nothing.
    """
    return _without_forms(unicodedata.normalize("NFKC", name).casefold().translate(_DROP)) or name


def name_keys(names: Sequence[str]) -> list[str]:
    """`name_key` of each of a column of names: as one long text, which NUL, that no name may hold, keeps apart."""
    joined = _BETWEEN.join(names)
    if not names or joined.count(_BETWEEN) != len(names) - 1:
        return list(map(name_key, names))
    folded = unicodedata.normalize("NFKC", joined).casefold()
    for ignored in _IGNORED:
        folded = folded.replace(ignored, "")
    return [_without_forms(key) or name for key, name in zip(folded.split(_BETWEEN), names, strict=True)]


def _without_forms(folded: str) -> str:
    while folded.endswith(_FORMS):
        form = next(filter(folded.endswith, _FORMS))
        if len(folded) == len(form):
            break
        folded = folded[: -len(form)]
    return folded
