"""The published weights load and listen; `make models` fetches them."""

from __future__ import annotations

import numpy as np

from assistant.speech.decoding import RATE
from assistant.speech.engines import FasterWhisper, Hearing
from assistant.speech.weights import KNOWN, models_folder, verify


def test_the_weights_are_the_published_ones_and_silence_says_nothing() -> None:
    verify(KNOWN["whisper-base"], models_folder())
    engine = FasterWhisper("whisper-base", models_folder(), Hearing(beam=1))
    assert engine.text_of(np.zeros(2 * RATE, np.float32), "") == ""
