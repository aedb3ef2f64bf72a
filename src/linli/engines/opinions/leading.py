"""The leading eigenvectors of a symmetric matrix, a few of many.

Block Lanczos with restarts and full reorthogonalisation (Golub and Van Loan: Matrix Computations, 4th ed., §10.3): the
space that a few vectors span with their images holds the leading directions long before it holds the rest. Every product is
small or a plain sum, so it costs the same on a busy machine, where a whole decomposition waits for its threads.
"""

import numpy as np

from linli.engines.opinions.conversation import Floats

SMALL = 24  # up to this size the whole decomposition uses no threads
BLOCK = 4  # so many equal eigenvalues are told apart
WIDTH = 24
RESTARTS = 24
EXACT = 1e-13  # of the largest eigenvalue
GONE = 1e-15


def leading(matrix: Floats, count: int) -> tuple[Floats, Floats]:
    """The `count` largest eigenvalues (count,) and their vectors (count, size), largest first.

    For a matrix without negative eigenvalues; `count` is at most the block and the size. O(size² x width x restarts).
    """
    if len(matrix) > SMALL:
        rows = _start(len(matrix))
        for _ in range(RESTARTS):
            values, rows, errors = _ritz(matrix, _krylov(matrix, rows))
            if errors[:count].max() <= EXACT * values[0]:
                return values[:count], rows[:count]
    values, columns = np.linalg.eigh(matrix)
    return values[::-1][:count], columns.T[::-1][:count]


def _start(size: int) -> Floats:
    """Rows without a pattern, the same on every machine."""
    numbers = np.arange(1, BLOCK * size + 1, dtype=np.int64) * 2_654_435_761 % 2**32
    return (numbers % 65_521 / 65_521 - 0.5).reshape(BLOCK, size)


def _images(matrix: Floats, rows: Floats) -> Floats:
    images: Floats = np.einsum("ij,kj->ki", matrix, rows)
    return images


def _krylov(matrix: Floats, rows: Floats) -> Floats:
    """Orthonormal rows: these, their images, the images of those, as many as the width allows."""
    found = np.empty((WIDTH, len(matrix)))
    used, begun = _orthonormal(found, 0, rows), 0
    while begun < used < WIDTH:
        used, begun = _orthonormal(found, used, _images(matrix, found[begun:used])), used
    return found[:used]


def _orthonormal(found: Floats, used: int, rows: Floats) -> int:
    """Add to the first `used` rows what each of these has of its own; how many there are now."""
    for row in rows[: len(found) - used]:
        left = row
        for _ in range(2):
            left = left - np.einsum("k,ki->i", np.einsum("ki,i->k", found[:used], left), found[:used])
        length = float(np.sqrt(np.einsum("i,i->", left, left)))
        if length > GONE * float(np.sqrt(np.einsum("i,i->", row, row))):
            found[used] = left / length
            used += 1
    return used


def _ritz(matrix: Floats, space: Floats) -> tuple[Floats, Floats, Floats]:
    """The best values and rows in this space, and by how much each fails to be an eigenvector."""
    images = _images(matrix, space)
    values, mixes = np.linalg.eigh(np.einsum("ai,bi->ab", space, images))
    mixes = mixes.T[::-1][:BLOCK]
    rows, images = np.einsum("ka,ai->ki", mixes, space), np.einsum("ka,ai->ki", mixes, images)
    values = values[::-1][:BLOCK]
    errors = np.sqrt(((images - values[:, None] * rows) ** 2).sum(axis=1))
    return values, rows, errors
