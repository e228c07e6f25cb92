import gc

import pytest

from secondsource.pipeline.unswept import unswept


@pytest.fixture(autouse=True)
def _as_before():
    enabled = gc.isenabled()
    yield
    (gc.enable if enabled else gc.disable)()


@pytest.mark.parametrize("before", [True, False])
def test_collection_is_off_inside_and_as_before_afterwards(before):
    (gc.enable if before else gc.disable)()
    assert unswept(gc.isenabled)() is False
    assert gc.isenabled() is before


def test_collection_comes_back_after_a_failure():
    gc.enable()

    @unswept
    def fails():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert gc.isenabled()
