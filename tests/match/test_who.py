from secondsource.match.who import actors_in, meet_actors, meet_places, places_in


def test_one_actor_under_two_names_is_met():
    met = meet_actors(actors_in("Islamic State fighters"), actors_in("Daesh attacked at dawn"))
    assert met.met
    assert not met.strangers


def test_another_country_s_force_is_a_stranger():
    met = meet_actors(actors_in("Russian warplanes"), actors_in("Turkish warplanes bombed the port"))
    assert met.unmet
    assert met.strangers


def test_places_meet_across_spellings_and_not_across_towns():
    here = places_in("in Kharkiv")
    assert meet_places(here, places_in("in Kharkov on Monday")).met
    assert meet_places(here, places_in("in Odesa on Monday")).unmet
