import fsrs.scheduler
import fsrs_rs_python
import pytest

from ft_cards.memory.parameters import (
    DEFAULT_WEIGHTS,
    WEIGHT_BOUNDS,
    Parameters,
    ParametersError,
    upgrade_weights,
)

FSRS_45 = (
    0.4872, 1.4003, 3.7145, 13.8206, 5.1618, 1.2298, 0.8975, 0.031, 1.6474, 0.1367, 1.0461, 2.1072, 0.0793,
    0.3246, 1.587, 0.2272, 2.8755,
)  # fmt: skip
FSRS_5 = (
    0.40255, 1.18385, 3.173, 15.69105, 7.1949, 0.5345, 1.4604, 0.0046, 1.54575, 0.1192, 1.01925, 1.9395, 0.11,
    0.29605, 2.2698, 0.2315, 2.9898, 0.51655, 0.6621,
)  # fmt: skip


def test_the_defaults_and_bounds_are_those_of_fsrs_6():
    assert fsrs.scheduler.DEFAULT_PARAMETERS == DEFAULT_WEIGHTS
    assert pytest.approx(fsrs_rs_python.DEFAULT_PARAMETERS) == DEFAULT_WEIGHTS
    low, high = zip(*WEIGHT_BOUNDS, strict=True)
    assert (low, high) == (
        fsrs.scheduler.LOWER_BOUNDS_PARAMETERS,
        fsrs.scheduler.UPPER_BOUNDS_PARAMETERS,
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"weights": (1.0,) * 20}, "FSRS-6 has 21 weights, not 20"),
        ({"weights": (0.0, *DEFAULT_WEIGHTS[1:])}, "weight 0 is from 0.001 to 100.0, not 0.0"),
        ({"weights": (float("nan"), *DEFAULT_WEIGHTS[1:])}, "weight 0 is from 0.001 to 100.0, not nan"),
        ({"desired_retention": 1.0}, "the desired retention is from 0.70 to 0.99, not 1.0"),
        ({"maximum_interval": 0}, "the maximum interval is from 1 to 36500 days, not 0"),
        ({"learning_steps": (60, 0)}, "a learning step lasts from 1 second to 30 days, not 0 seconds"),
        (
            {"relearning_steps": (10**6 * 9,)},
            "a learning step lasts from 1 second to 30 days, not 9000000 seconds",
        ),
    ],
)
def test_a_setting_out_of_range_is_refused_by_name(wrong, message):
    with pytest.raises(ParametersError) as error:
        Parameters(**wrong)
    assert str(error.value) == message


def test_parameters_come_back_from_json_to_the_last_digit():
    odd = Parameters((0.1 + 0.2, *DEFAULT_WEIGHTS[1:]), 0.87, (), (60, 86400), 365, False)
    assert Parameters.from_json(odd.to_json()) == odd
    assert Parameters.from_json(Parameters().to_json()) == Parameters()


@pytest.mark.parametrize("old", [FSRS_45, FSRS_5, DEFAULT_WEIGHTS])
def test_old_weights_are_upgraded_as_fsrs_rs_does(old):
    upgraded = upgrade_weights(old)
    assert upgraded == pytest.approx(fsrs_rs_python.check_and_fill_parameters(list(old)), rel=1e-5)
    assert Parameters(upgraded).weights == upgraded


def test_a_set_of_another_length_is_refused():
    with pytest.raises(ParametersError, match="has 17, 19 or 21 values, not 18"):
        upgrade_weights((1.0,) * 18)
