"""Texts a second on one core against a bare bigram TF-IDF in the same run: `python -m benchmarks.triage [rounds]`.

The floor does what the least of such programs does: weigh the bigrams of a text and compare it with every
filed text. It suggests nothing but the nearest text's category and finds no repeats.
"""

import math
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy as np  # noqa: E402 -- after the number of threads

from linli.engines.triage.catalogue import Labelled, labelled  # noqa: E402 -- the same
from linli.engines.triage.engine import Stream, Triage  # noqa: E402 -- the same

ROUNDS = 7


class Bigrams:
    """The floor."""

    def __init__(self, texts: Sequence[Labelled]) -> None:
        heard = Counter(pair for one in texts for pair in self.pairs(one.text))
        self.index = {pair: number for number, pair in enumerate(heard)}
        self.telling = np.array([math.log(len(texts) / count) + 1 for count in heard.values()])
        self.codes = [one.l2 for one in texts]
        self.rows = np.stack([self.row(one.text) for one in texts])

    def pairs(self, text: str) -> set[str]:
        return {text[i : i + 2] for i in range(len(text) - 1)}

    def row(self, text: str) -> np.ndarray:
        row = np.zeros(len(self.index), dtype=np.float32)
        known = [self.index[pair] for pair in self.pairs(text) if pair in self.index]
        row[known] = self.telling[known]
        return row / max(float(np.linalg.norm(row)), 1e-9)

    def nearest(self, text: str) -> str:
        return self.codes[int((self.rows @ self.row(text)).argmax())]


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main(rounds: int) -> None:
    texts = labelled()
    trained = seconds(Triage.default)
    triage, floor = Triage.default(), Bigrams(texts)

    def whole_pipeline() -> None:
        stream = Stream(triage)
        for one in texts:
            stream.tell(one.id, one.text, one.place, one.season_month)

    def bare_bigrams() -> None:
        for one in texts:
            floor.nearest(one.text)

    spent = [(seconds(whole_pipeline), seconds(bare_bigrams)) for _ in range(rounds)]
    ours, theirs = (len(texts) / statistics.median(column) for column in zip(*spent, strict=True))
    print(f"trained at first use    {trained:8.2f} s")
    print(f"suggestions and repeats {ours:8.0f} texts/s")
    print(f"bare bigram TF-IDF      {theirs:8.0f} texts/s")
    print(f"ratio                   {ours / theirs:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
