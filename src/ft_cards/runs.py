"""Tasks → what is wrong with them: run over several threads, each with a guard of its own; known outcomes are not."""

import functools
import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ft_cards.cache import Cache
from ft_cards.source.fence import limits
from ft_cards.source.fence.kinds import Kind
from ft_cards.source.fence.outside import Guard, MissingError, Outcome
from ft_cards.source.fence.sight import beside
from ft_cards.source.kinds.common import Finding
from ft_cards.source.problems import Problem
from ft_cards.source.proof import Proof, of_options, of_trial, of_truth
from ft_cards.sources import Source

Progress = Callable[[int, int], None]
"""(done, all): how many cards were run."""
_CHUNK = 12
"""Cards to one guard: it pays for what they import once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for: seconds for each program, which fence, over how many processes."""

    seconds: float
    fence: str
    jobs: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A card that could not be run, and why."""

    source: Source
    proof: Proof
    reason: str

    @property
    def problem(self) -> Problem:
        """It as a problem, for those who want all cards run."""
        message = f'the program of "{self.proof.card.id}" was not run: {self.reason}'
        hint = "install what is missing, or check without --require-all"
        return Problem(self.proof.card.at(self.source.shown_as), "proof-skipped", message, hint)


@dataclass(slots=True)
class Report:
    """What came of it: problems in file order, cards that were skipped, how many cards hold, how many programs ran."""

    fence: str = ""
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    proven: int = 0
    ran: int = 0
    cached: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A card to run: the runner's command (empty for Python), modules to import once, versions for the cache."""

    source: Source
    proof: Proof
    command: tuple[str, ...]
    modules: tuple[str, ...]
    versions: str


class Runs:
    """The tasks of one check, over several threads; each thread has a guard of its own at a time."""

    def __init__(self, wish: Wish, kind: Kind, cache: Cache, report: Report) -> None:
        """Take what is wanted, and the report that counts runs and skipped cards."""
        self._wish, self._kind, self._cache, self._report = wish, kind, cache, report
        self._guards: set[Guard] = set()
        self._lock = threading.Lock()
        self._ended = False

    def all(self, tasks: Sequence[Task], step: Progress) -> list[tuple[Task, Finding]]:
        """Run them all; return what is wrong."""
        groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Task]] = {}
        for task in tasks:
            groups.setdefault((task.command, task.modules), []).append(task)
        chunks = [group[at : at + _CHUNK] for group in groups.values() for at in range(0, len(group), _CHUNK)]
        chunks.sort(key=lambda chunk: -len(chunk) - 10 * len(chunk[0].modules))  # the long ones first
        found: list[tuple[Task, Finding]] = []
        done = 0
        with ThreadPoolExecutor(self._wish.jobs) as pool:
            waiting = {pool.submit(self._chunk, chunk): chunk for chunk in chunks}
            try:
                for each in as_completed(waiting):
                    found += each.result()
                    done += len(waiting[each])
                    step(done, len(tasks))
            except BaseException:
                self._stop()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return found

    def _stop(self) -> None:
        with self._lock:
            self._ended = True
            for guard in self._guards:
                guard.kill()

    def _chunk(self, tasks: Sequence[Task]) -> list[tuple[Task, Finding]]:
        found: list[tuple[Task, Finding]] = []
        missing = ""
        session = _Session(self._start, tasks[0])
        try:
            for task in tasks:
                if self._ended:
                    break
                try:
                    wrong = [] if missing else list(self._task(task, session))
                except MissingError as error:
                    missing = str(error)
                with self._lock:
                    if missing:
                        self._report.skipped.append(Skipped(task.source, task.proof, missing))
                    else:
                        self._report.proven += not wrong
                        found += [(task, each) for each in wrong]
        finally:
            if session.guard:
                with self._lock:
                    self._guards.discard(session.guard)
                session.guard.close()
        return found

    def _start(self, task: Task, old: Guard | None) -> Guard:
        reads = beside(task.command[0]) if task.command else ()
        new = Guard(self._kind, task.modules, reads)
        with self._lock:
            if old:
                self._guards.discard(old)
            self._guards.add(new)
            if self._ended:
                new.kill()
        if old:
            old.close()
        return new

    def _task(self, task: Task, session: "_Session") -> Iterator[Finding]:
        """Run the true program, and if it holds, those with a distractor."""
        seconds = self._wish.seconds
        truth = self._run(task, task.proof.program, session)
        if wrong := of_truth(task.proof, truth, seconds):
            yield wrong
            return
        yield from of_options(task.proof, truth)
        for trial in task.proof.trials:
            if wrong := of_trial(trial, truth, self._run(task, trial.program, session), seconds):
                yield wrong

    def _run(self, task: Task, program: str, session: "_Session") -> Outcome:
        what = (fingerprint(), self._kind.says, task.proof.language, task.versions, " ".join(task.modules), program)
        key = "\0".join(("proof", *what))
        try:
            outcome = Outcome(**self._cache.get(key))
        except TypeError:
            outcome = session.run(program, self._wish.seconds)
            if not outcome.stopped:  # a limit may have been passed only because the machine was busy
                self._cache.put(key, asdict(outcome))
            with self._lock:
                self._report.ran += 1
        else:
            with self._lock:
                self._report.cached += 1
        return outcome


class _Session:
    """A guard that is started when it is first needed, and anew when a program has ended it."""

    def __init__(self, start: Callable[[Task, Guard | None], Guard], task: Task) -> None:
        self._start, self._task = start, task
        self.guard: Guard | None = None

    def run(self, program: str, seconds: float) -> Outcome:
        if self.guard is None or not self.guard.alive:
            self.guard = self._start(self._task, self.guard)
        return self.guard.run(self._task.command, program, seconds)


@functools.cache
def fingerprint() -> str:
    """Return what changes whenever programs might be run otherwise: the files of the fence."""
    folder = Path(limits.__file__).parent
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()
