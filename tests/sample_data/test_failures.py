"""Failures are chosen by seed: every kind as often as promised, within the share of moments that may leak."""

from __future__ import annotations

from collections import Counter

import pytest

SESSIONS_N, MOMENTS_N = 40, 25


@pytest.fixture
def found(recorder):
    """Chances as a full recording has them: many values in each picture, text in some moments."""
    one = recorder("failures").Failure
    chances = []
    for session in range(SESSIONS_N):
        for moment in range(MOMENTS_N):
            for item in range(4):
                chances.append(one(session, (moment,), "frame", moment, "PERSON", item, is_alone=item == 0))
            chances.append(one(session, (moment,), "frame", moment, "", 9, kind="over", box=(0, 0, 9, 9)))
            chances.append(one(session, (moment,), "element_name", moment * 50 + 1, "", kind="over"))
            for at, channel in enumerate(recorder("failures").TEXT_CHANNELS):
                if (session + moment) % (at + 2) == 0:
                    chances.append(one(session, (moment,), channel, moment * 50 + at, "PERSON"))
    return chances


def test_every_kind_is_there_as_often_as_promised(recorder, found):
    chosen = recorder("failures").chosen(found, SESSIONS_N * MOMENTS_N, 1)
    kinds = Counter(one.kind for one in chosen if one.channel == "frame")
    assert all(kinds[kind] >= 2 for kind in recorder("masks").FAILURES)
    texts = Counter(one.channel for one in chosen if one.channel != "frame" and one.kind != "over")
    assert texts == dict.fromkeys(recorder("failures").TEXT_CHANNELS, 8)
    assert Counter(one.channel for one in chosen if one.kind == "over") == {"frame": 4, "element_name": 4}


def test_the_share_of_leaking_moments_is_kept(recorder, found):
    chosen = recorder("failures").chosen(found, SESSIONS_N * MOMENTS_N, 1)
    leaking = recorder("failures").leaking_moments(chosen)
    assert len(leaking) == round(0.025 * SESSIONS_N * MOMENTS_N)
    over = {(one.session, one.moments[0]) for one in chosen if one.kind == "over"}
    assert not over & leaking


def test_a_picture_fails_in_one_place_and_a_neighbour_has_one(recorder, found):
    chosen = recorder("failures").chosen(found, SESSIONS_N * MOMENTS_N, 1)
    pictures = Counter(
        (one.session, one.place) for one in chosen if one.channel == "frame" and one.kind != "over"
    )
    assert max(pictures.values()) == 1
    assert all(
        one.is_alone != (one.kind == "neighbour")
        for one in chosen
        if one.kind in ("neighbour", "missed") and one.channel == "frame"
    )


def test_the_seed_decides_and_the_order_of_sessions_does_not(recorder, found):
    chosen = recorder("failures").chosen
    assert chosen(found, 1_000, 1) == chosen(found[::-1], 1_000, 1)
    assert chosen(found, 1_000, 1) != chosen(found, 1_000, 2)


def test_few_chances_give_few_failures(recorder):
    assert recorder("failures").chosen([], 0, 1) == []


def test_a_value_under_the_mask_of_another_one_is_no_place_to_fail(recorder):
    place = recorder("film").Place
    places = (
        place("PERSON", "Juniper Vale", 10, 10, 80, 28),
        place("PERSON", "Juniper Vale", 70, 10, 140, 28),
        place("PHONE_NUMBER", "555-0142", 200, 10, 260, 28),
        place("PHONE_NUMBER", "555-0142", 300, 10, 310, 28),
    )
    shot = recorder("film").Shot(0, 0, None, b"", places)
    take = recorder("take").Take(recorder("cohorts").plan()[0], [{"type": "place"}], [shot], [])
    found = [one for one in recorder("failures").chances(take) if one.kind == ""]
    assert [(one.item, one.box) for one in found] == [(2, (200, 10, 260, 28))]
