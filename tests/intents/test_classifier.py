"""The classifier: its file belongs to the catalog as it stands, and its answers are probabilities."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from intents.classifier import MIXED, MODEL, features
from intents.concepts import concepts_in
from intents.phonetics import folded_syllables
from intents.training import catalog_examples, catalog_hash, masked_form
from tests.intents.annotated import classifier


def meta() -> dict[str, Any]:
    """What the model's file says of itself."""
    with np.load(MODEL, allow_pickle=False) as stored:
        found: dict[str, Any] = json.loads(bytes(stored["meta"]).decode())
    return found


def test_the_model_was_trained_from_the_catalog_as_it_stands() -> None:
    assert meta()["catalog"] == catalog_hash(), "run: python -m intents.train"


def test_the_labels_are_the_catalogs_intents() -> None:
    assert {*classifier().labels} - {MIXED} == {example.intent for example in catalog_examples()}


@pytest.mark.parametrize("text", ["Ⓣ提醒我给Ⓒ打电话", "", "xyzzy", "好" * 5000])
def test_probabilities_add_up_to_one(text: str) -> None:
    assert np.exp(classifier().log_probabilities(text)).sum() == pytest.approx(1, abs=1e-4)


def test_guesses_come_best_first_and_never_mixed() -> None:
    guesses = classifier().guess("Ⓣ提醒我给Ⓒ打电话，把Ⓞ推到Ⓢ", best=100)
    scores = [guess.score for guess in guesses]
    assert scores == sorted(scores, reverse=True)
    assert MIXED not in [guess.name for guess in guesses[:-1]]


def test_added_evidence_decides() -> None:
    known = classifier()
    added = [100.0 if label == "thanks" else 0.0 for label in known.labels]
    assert known.guess("Ⓣ提醒我给Ⓒ打电话", added=added)[0].name == "thanks"


@pytest.mark.parametrize(
    ("masked", "intent"),
    [
        ("Ⓣ提醒我给Ⓟ打个电话", "create_task"),
        ("Ⓞ推到Ⓢ", "update_opportunity"),
        ("Ⓒ有哪些联系人", "list_contacts"),
        ("撤销", "undo"),
        ("谢谢", "thanks"),
    ],
)
def test_plain_commands_are_understood(masked: str, intent: str) -> None:
    assert classifier().guess(masked)[0].name == intent


def test_most_examples_of_the_catalog_are_understood() -> None:
    examples = catalog_examples()[::7]
    right = sum(classifier().guess(masked_form(e.say), best=1)[0].name == e.intent for e in examples)
    assert right / len(examples) > 0.9


def test_features_are_of_characters_sounds_and_concepts() -> None:
    grams = features("提醒", folded_syllables)
    assert {"^提醒", "提", "提醒$"} <= set(grams)
    assert any(gram.startswith("p") for gram in grams)
    assert "cremind" in grams


def test_a_very_long_text_has_bounded_features() -> None:
    assert len(features("调琴" * 10_000, folded_syllables)) == len(features("调琴" * 100, folded_syllables))


def test_concepts_are_found_in_order() -> None:
    assert concepts_in("明天提醒我,安排上") == ["remind", "schedule"]
