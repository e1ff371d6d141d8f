"""What was misheard in a question to the documents."""

from __future__ import annotations

import pytest

from assistant.planner.embedded.questions.hearing import as_documented
from crm_store.collateral.formats.reading import read_document
from crm_store.collateral.index import build_index

TEXT = "# 离子色谱\n出厂水要测溴酸盐和高氯酸盐,检出限0.5。恒湿箱的湿度到98%。种植体存留率97%。轴承座每年换油脂。"
INDEX = build_index([read_document("ic.md", TEXT.encode())])


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("测秀酸盐最低多少", "测溴酸盐最低多少"),
        ("那个横湿箱湿度多高", "那个恒湿箱湿度多高"),
        ("种植题的存留率", "种植体的存留率"),
    ],
)
def test_a_character_of_no_word_is_put_as_the_documents_have_it(heard: str, written: str) -> None:
    assert as_documented(heard, INDEX) == written


@pytest.mark.parametrize("text", ["溴酸盐最低多少", "硫酸盐能不能测", "湿度计准不准", "今天天气怎么样", "IC-20多少钱"])
def test_what_is_a_word_or_is_documented_stays(text: str) -> None:
    assert as_documented(text, INDEX) == text


def test_names_stay_as_they_are_written() -> None:
    assert as_documented("种植题医院问存留率", INDEX, ["种植题医院"]) == "种植题医院问存留率"
