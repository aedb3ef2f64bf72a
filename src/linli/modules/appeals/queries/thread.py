"""One matter with everything it leads to: the thread, the matter that is handled for it, what was judged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from linli.kernel.answers import Answer
from linli.kernel.cases.chains import Chain, Edge, chain_seen_by, edges_around, neighbours_behind
from linli.kernel.cases.models import Case, Evaluation, Link, Party
from linli.kernel.cases.threads import Thread, attach_files, thread_of
from linli.kernel.files.models import File
from linli.kernel.people.standing import Standing
from linli.modules.appeals.models import Appeal, Hanging
from linli.modules.appeals.queries.one import Beside
from linli.modules.appeals.rules import who
from linli.modules.appeals.rules.identity import knows_reporter

REPEATS = Link.Kind.REPEATS.value


@dataclass(frozen=True, slots=True)
class Told:
    """A page of the thread; ``main`` is the matter that is handled: this one, or the one it repeats."""

    chain: Chain
    thread: Thread
    loose: list[File]
    neighbours: int
    main: Case

    @property
    def is_many(self) -> bool:
        return len(self.chain.cases) > 1

    @property
    def together(self) -> list[tuple[Any, Case, str]]:
        """The other matters: how each is related, itself, and what it is called to this reader."""
        return [
            (self.chain.relation(case), case, self.thread.titles[case.pk]) for case in self.chain.others()
        ]


def told_to(
    reader: Standing, case: Case, there: Beside, *, at: tuple[int | None, int | None] = (None, None),
    by_code: bool = False,
) -> Told:  # fmt: skip
    """What this reader reads of a matter. By code the files of other matters stay shut, so they are not shown."""
    chain = chain_seen_by(reader, case) if there.links else Chain(case, {case.pk: case})
    thread = thread_of(reader, chain, before=at[0], after=at[1])
    filed = Chain(case, {case.pk: case}) if by_code else chain
    with_files = there.files or len(filed.cases) > 1
    loose = attach_files(thread.steps, reader, filed) if with_files else []
    behind = neighbours_behind(chain) if chain.edges else 0
    return Told(chain, thread, loose, behind, main_in(chain))


def main_in(chain: Chain) -> Case:
    """Where the links “repeats” end, as far as the reader sees them."""
    seen = (edge for edge in chain.edges if edge.target in chain.cases)
    return chain.cases[end_of(chain.start.pk, seen)]


def main_of(appeal: Appeal) -> Appeal:
    """The matter that is handled for this one: itself, or where the links “repeats” end."""
    key = end_of(appeal.pk, edges_around(appeal.pk))
    return appeal if key == appeal.pk else Appeal.objects.select_related("case__unit").get(pk=key)


def end_of(key: int, edges: Iterable[Edge]) -> int:
    ahead = {edge.source: edge.target for edge in edges if edge.kind == REPEATS}
    passed = {key}
    while key in ahead and ahead[key] not in passed:
        key = ahead[key]
        passed.add(key)
    return key


def repeating(key: int, edges: Iterable[Edge]) -> list[int]:
    """The keys of the matters that repeat this one, also by way of another."""
    behind: dict[int, list[int]] = {}
    for edge in edges:
        if edge.kind == REPEATS:
            behind.setdefault(edge.target, []).append(edge.source)
    found: dict[int, None] = {}
    todo = [key]
    while todo:
        ahead = [one for one in behind.get(todo.pop(), []) if one not in found and one != key]
        found.update(dict.fromkeys(ahead))
        todo += ahead
    return list(found)


def is_concerned(reader: Standing, case: Case) -> bool:
    """Whether she said “me too”, or raised a matter that was joined with this one."""
    joined = Party.objects.filter(case=case, person=reader.pk, part=Party.Part.JOINED)
    return reader.pk is not None and joined.exists()


def may_judge(reader: Standing, appeal: Appeal) -> Answer:
    """Whoever raised what is handled judges it; the others say what came of it for them."""
    main, hers = main_of(appeal), reader.pk == appeal.case.raised_by_id
    if hers and main.pk == appeal.pk:
        return who.may_judge(reader, appeal.case)
    return who.may_judge_too(main, concerned=hers or is_concerned(reader, appeal.case))


def judged_by(reader: Standing, case: Case) -> list[Evaluation]:
    """Her newest judgement of this matter."""
    said = Evaluation.objects.filter(case=case, by=reader.pk).select_related("by", "operator")
    return list(said.order_by("-id")[:1])


def judgements(chain: Chain) -> list[Evaluation]:
    """What the reporter, those who joined and those whose matter repeats it said, newest first; as far as seen."""
    keys = {chain.start.pk, *repeating(chain.start.pk, chain.edges)} & chain.cases.keys()
    return list(Evaluation.objects.filter(case__in=keys).select_related("case").order_by("-id"))


def hanging_of(case: Case) -> Hanging | None:
    """The plan under which it is on the long list now."""
    return Hanging.objects.filter(case=case, ended_at=None).order_by("-id").first()


def reporters_known(reader: Standing, cases: list[Case]) -> set[int]:
    """Of which matters this reader may know who raised them; no query for those fetched with their appeal."""
    missing = [case.pk for case in cases if "appeal" not in case._state.fields_cache]
    fetched = {appeal.pk: appeal for appeal in Appeal.objects.filter(pk__in=missing)} if missing else {}
    return {case.pk for case in cases if knows_reporter(reader, fetched.get(case.pk) or case.appeal, case)}


def titles_on_the_board(keys: list[int]) -> dict[int, str]:
    """Of these matters, those whose answer stands on the public board, and its title there."""
    shown = Appeal.objects.filter(pk__in=keys, published_at__isnull=False)
    return dict(shown.values_list("pk", "public_title"))
