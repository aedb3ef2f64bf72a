import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.opinions.leading import SMALL, _krylov, _ritz, _start, leading

SPECTRA = st.sampled_from(("few", "decaying", "equal", "one", "none", "noise"))


def matrix_with(spectrum: str, size: int, seed: int) -> np.ndarray:
    """A matrix without negative eigenvalues, turned at random."""
    chance = np.random.default_rng(seed)
    if spectrum == "noise":
        cells = chance.normal(size=(3 * size, size))
        return cells.T @ cells
    values = {
        "few": [9, 7, 3] + [0.5] * (size - 3),
        "decaying": [1 / (place + 1) for place in range(size)],
        "equal": [5, 5, 5] + [1] * (size - 3),
        "one": [4] + [0] * (size - 1),
        "none": [0] * size,
    }[spectrum]
    turn, _ = np.linalg.qr(chance.normal(size=(size, size)))
    return (turn * values) @ turn.T


@settings(deadline=None, max_examples=40)
@given(SPECTRA, st.integers(SMALL - 2, 90), st.integers(0, 10**6))
def test_the_leading_two_are_those_of_the_whole_decomposition(spectrum: str, size: int, seed: int) -> None:
    matrix = matrix_with(spectrum, size, seed)

    values, rows = leading(matrix, 2)

    wanted = np.linalg.eigvalsh(matrix)[::-1]
    scale = max(wanted[0], 1e-300)
    assert np.abs(values - wanted[:2]).max() <= 1e-11 * scale
    assert np.abs(matrix @ rows.T - rows.T * values).max() <= 1e-11 * scale
    assert np.allclose(rows @ rows.T, np.eye(2), atol=1e-12)


@pytest.mark.parametrize("spectrum", ["few", "decaying", "one", "noise"])
def test_the_rows_of_the_space_stand_upright_on_each_other(spectrum: str) -> None:
    matrix = matrix_with(spectrum, 80, 3)

    space = _krylov(matrix, _ritz(matrix, _krylov(matrix, _start(80)))[1])

    assert np.abs(space @ space.T - np.eye(len(space))).max() < 1e-13


@pytest.mark.parametrize("size", [2, SMALL, SMALL + 1])
def test_the_same_matrix_gives_the_same_bits(size: int) -> None:
    matrix = matrix_with("noise", size, 7)

    first, again = leading(matrix, 2), leading(matrix.copy(), 2)

    assert [part.tobytes() for part in first] == [part.tobytes() for part in again]
