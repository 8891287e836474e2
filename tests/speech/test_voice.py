"""Long turns are cut where the speaker paused."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.audio import RATE
from ivr.speech.voice import Span, turns

SPANS = st.lists(st.tuples(st.floats(0.1, 3), st.floats(0.2, 20)), min_size=1, max_size=20)


def spans(*seconds: tuple[float, float]) -> tuple[Span, ...]:
    return tuple(Span(int(start * RATE), int(end * RATE)) for start, end in seconds)


def seconds(cut: tuple[Span, ...]) -> list[tuple[float, float]]:
    return [(span.start / RATE, span.end / RATE) for span in cut]


QUIET = np.zeros(60 * RATE, np.float32)


def test_what_fits_is_one_piece_and_its_pauses_stay() -> None:
    cut = turns(QUIET, spans((1, 3), (4, 6)), 10, 1)

    assert seconds(cut) == [(1, 6)]


def test_the_widest_pause_is_cut() -> None:
    cut = turns(QUIET, spans((0, 3), (3.5, 6), (8, 10), (10.5, 13)), 10, 10)

    assert seconds(cut) == [(0, 6), (8, 13)]


def test_a_pause_longer_than_the_model_hears_through_ends_a_piece() -> None:
    cut = turns(QUIET, spans((0, 1), (2, 3), (4.5, 5)), 10, 1)

    assert seconds(cut) == [(0, 3), (4.5, 5)]


def test_a_stretch_without_a_pause_is_cut_where_it_is_quietest() -> None:
    samples = np.full(12 * RATE, 0.5, np.float32) * np.sin(np.arange(12 * RATE)).astype(np.float32)
    samples[7 * RATE : 7 * RATE + RATE // 10] = 0

    first, second = turns(samples, spans((0, 12)), 10, 10)

    assert 7 <= first.end / RATE <= 7.1
    assert second.start == first.end


@given(SPANS)
def test_no_piece_is_too_long_and_no_voice_is_lost(lengths: list[tuple[float, float]]) -> None:
    places, at = [], 0.0
    for pause, voice in lengths:
        places.append((at + pause, at + pause + voice))
        at += pause + voice
    given = spans(*places)
    samples = np.zeros(given[-1].end, np.float32)

    cut = turns(samples, given, 10, 5)

    assert all(span.seconds <= 10 for span in cut)
    for span in given:
        covered = sum(
            max(0, min(piece.end, span.end) - max(piece.start, span.start)) for piece in cut
        )
        assert covered == span.end - span.start
