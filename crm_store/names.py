"""The form in which two spellings of one organisation's name are equal."""

from __future__ import annotations

import unicodedata

_LEGAL_FORMS = (
    "股份有限公司", "有限责任公司", "有限公司", "股份公司", "集团公司", "集团", "公司",
    "co.,ltd", "inc", "llc", "gmbh",
)  # fmt: skip
_IGNORED = dict.fromkeys(map(ord, " \t\r\n\u3000()·.,'’-"))
_FORMS = tuple(dict.fromkeys(form.translate(_IGNORED) for form in _LEGAL_FORMS))


def name_key(name: str) -> str:
    """A name without width, case, spaces, punctuation and legal form; never empty where `name` is not.

    Different organisations may share a key (华能集团, 华能有限公司): it finds candidates, it proves nothing.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_IGNORED)
    while folded.endswith(_FORMS):
        form = next(form for form in _FORMS if folded.endswith(form))
        if len(folded) == len(form):
            break
        folded = folded[: -len(form)]
    return folded or name
