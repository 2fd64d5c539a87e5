"""Fuzzing (模糊测试): spoilt files for as long as you like; what goes wrong is kept as a file.

    make fuzz                       30 minutes over all four readers
    make fuzz SECONDS=60 TARGETS="workbook layout" SEED=7

Each file is read in a child process within bounds of time and memory. A file that makes perfgen
stumble, wait or die is written to tests/fuzz/findings/; once that is mended, it moves to
tests/fuzz/corpus/, where every further run begins, and the short run of `make test`, too.
"""

import argparse
import hashlib
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz_targets import TARGETS, read_in_child, seeds

from perfgen.bounds import MEGABYTE, Bounds, CallFailed, OutOfBounds, Worker

BOUNDS = Bounds(seconds=30, memory=1500 * MEGABYTE, clock=400)
FINDINGS = Path(__file__).parent / "findings"
KEPT = 60
"""Files that are spoilt further: each was refused, or read, in a way that was new."""
_FROM_SOUND = 0.7
"""How often a sound file is spoilt: what is refused at the door leads nowhere."""


class Fuzzer:
    """One target: its pool of files, and what became of them."""

    def __init__(self, name: str, worker: Worker, chance: Random) -> None:
        self.name = name
        self.counts: Counter[str] = Counter()
        self._worker = worker
        self._chance = chance
        self._pool = seeds(name)
        self._first = len(self._pool)
        self._seen: set[str] = set()
        self._waiting = list(self._pool)

    def step(self) -> None:
        """Read one spoilt file; begin with all that are kept."""
        content = self._waiting.pop() if self._waiting else self._spoilt()
        try:
            said = self._worker.call(read_in_child, self.name, content)
        except OutOfBounds as error:
            self._keep(content, f"out of bounds: {error.limit.value}")
        except CallFailed as error:
            self._keep(content, str(error))
        else:
            self.counts["read" if said == "read" else "refused"] += 1
            if said not in self._seen and len(self._seen) < 10_000:  # a new sentence: a new way in
                self._seen.add(said)
                self._pool.append(content)
                if len(self._pool) > self._first + KEPT:
                    self._pool.pop(self._first + self._chance.randrange(KEPT))

    def _spoilt(self) -> bytes:
        sound = self._pool[: self._first]
        content = self._chance.choice(sound if self._chance.random() < _FROM_SOUND else self._pool)
        for _ in range(self._chance.choice((1, 1, 2, 3))):
            content = TARGETS[self.name].mutated(content, self._chance)
        return content

    def _keep(self, content: bytes, why: str) -> None:
        self.counts["FOUND"] += 1
        last = why.strip().splitlines()[-1]
        FINDINGS.mkdir(exist_ok=True)
        digest = hashlib.sha256(content).hexdigest()[:12]
        file = FINDINGS / f"{self.name}-{digest}{TARGETS[self.name].suffix}"
        file.write_bytes(content)
        file.with_suffix(".txt").write_text(why, encoding="utf-8")
        print(f"{self.name}: {last[:200]} → {file}", flush=True)


def main() -> int:
    """Fuzz in turn until the time is up; return 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    worker = Worker(BOUNDS, ("perfgen.build",))
    fuzzers = [Fuzzer(name, worker, Random(f"{options.seed} {name}")) for name in options.targets]
    end = time.monotonic() + options.seconds
    told = time.monotonic()
    while time.monotonic() < end:
        for fuzzer in fuzzers:
            fuzzer.step()
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print("; ".join(f"{one.name} {dict(one.counts)}" for one in fuzzers), flush=True)
    worker.close()
    for fuzzer in fuzzers:
        print(f"{fuzzer.name}: {dict(fuzzer.counts)}")
    return int(any(fuzzer.counts["FOUND"] for fuzzer in fuzzers))


if __name__ == "__main__":
    sys.exit(main())
