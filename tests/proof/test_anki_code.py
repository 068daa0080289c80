"""2,000 random programs with blanks, in the real Anki, before and after its editor wrote them back."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from tests.anki.code_cards import Case, cases, prove
from tests.anki.collection import Learner
from tests.anki.test_code import learner_with_type

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    made = learner_with_type(tmp_path_factory)
    yield made
    made.close()


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=2_000, deadline=None, suppress_health_check=SLOW)
@given(cases())
def test_anki_hides_exactly_the_blank_and_shows_the_rest(reader: Learner, case: Case):
    prove(case, reader)
