from hypothesis import given
from hypothesis import strategies as st

from brandlens.training.scenes import Scenes

FILES = st.sampled_from("abcdefgh")
PAIRS = st.lists(st.tuples(FILES, FILES), max_size=12)


def test_a_file_that_looks_like_no_other_is_a_scene_of_its_own() -> None:
    assert Scenes().of("a.jpg") == "a.jpg"


def test_a_scene_bears_the_name_of_the_file_that_was_first() -> None:
    scenes = Scenes()
    scenes.join("a", "b")
    scenes.join("b", "c")
    assert [scenes.of(key) for key in "abcd"] == ["a", "a", "a", "d"]


@given(PAIRS)
def test_files_are_in_one_scene_just_where_a_chain_of_likenesses_leads(pairs: list[tuple[str, str]]) -> None:
    scenes, reached = Scenes(), {key: {key} for key in "abcdefgh"}
    for one, other in pairs:
        scenes.join(one, other)
        merged = reached[one] | reached[other]
        for key in merged:
            reached[key] = merged
    for key, chain in reached.items():
        assert {other for other in reached if scenes.of(other) == scenes.of(key)} == chain
