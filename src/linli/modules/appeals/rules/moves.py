"""Every arrow an appeal can take (S3, state machine)."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.cases.kinds import Kind, Move
from linli.modules.appeals.models import State

R, D, H = State.RECEIVED, State.DISPATCHED, State.HANDLING
AT_WORK = (State.DISPATCHED, State.HANDLING)
BEFORE_END = (State.RECEIVED, State.DISPATCHED, State.OBJECTED, State.HANDLING, State.SUSPENDED, State.HUNG)

TRANSCRIBE = Move("appeals.transcribed", (R,), None)
CLASSIFY = Move("appeals.classified", (R, *AT_WORK), None)
ANSWER = Move("appeals.answered", (R,), State.ANSWERED)
REFER = Move("appeals.referred", (R, *AT_WORK), State.REFERRED)
TRANSFER = Move("appeals.transferred", (R, *AT_WORK), State.TRANSFERRED)
MERGE = Move("appeals.merged", (R, *AT_WORK), State.MERGED)
DISPATCH = Move("appeals.dispatched", (R,), D)
REDISPATCH = Move("appeals.redispatched", (State.OBJECTED, *AT_WORK), D)
SIGN = Move("appeals.signed", (D,), H)
OBJECT = Move("appeals.objected", (D, H), State.OBJECTED)
UPHOLD_DISPATCH = Move("appeals.objection_refused", (State.OBJECTED,), D)
CONTACT = Move("appeals.contacted", AT_WORK, None)
PROGRESS = Move("appeals.progressed", (*AT_WORK, State.SUSPENDED, State.HUNG), None)
EXTEND = Move("appeals.extended", AT_WORK, None)
SUSPEND = Move("appeals.suspended", (H,), State.SUSPENDED)
RESUME = Move("appeals.resumed", (State.SUSPENDED,), H)
WHISTLE = Move("appeals.whistled", AT_WORK, None)
ARRIVE = Move("appeals.arrived", (*AT_WORK, State.SUSPENDED, State.HUNG, State.REPLIED), None)
HANG = Move("appeals.hung", (H,), State.HUNG)
TAKE_DOWN = Move("appeals.taken_down", (State.HUNG,), H)
REPLY = Move("appeals.replied", AT_WORK, State.REPLIED)
CLOSE = Move("appeals.closed", (State.REPLIED,), State.CLOSED)
EXPLAIN = Move("appeals.explained", (State.REPLIED,), State.CLOSED)
REOPEN = Move("appeals.reopened", (State.REPLIED, State.CLOSED), H)
DISPATCH_AGAIN = Move("appeals.returned_to_desk", (State.ANSWERED,), R)
WITHDRAW = Move("appeals.withdrawn", (R, *AT_WORK), State.CLOSED)

MOVES = (
    TRANSCRIBE, CLASSIFY, ANSWER, REFER, TRANSFER, MERGE, DISPATCH, REDISPATCH, SIGN, OBJECT,
    UPHOLD_DISPATCH, CONTACT, PROGRESS, EXTEND, SUSPEND, RESUME, WHISTLE, ARRIVE, HANG, TAKE_DOWN, REPLY,
    CLOSE, EXPLAIN, REOPEN, DISPATCH_AGAIN, WITHDRAW,
)  # fmt: skip

KIND = Kind(
    name="appeal",
    label=_("Matter raised"),
    states=tuple(State),
    moves=MOVES,
    accountable=frozenset(
        {State.DISPATCHED, State.OBJECTED, State.HANDLING, State.SUSPENDED, State.HUNG, State.REPLIED}
    ),
    final=frozenset(
        {State.CLOSED, State.ANSWERED, State.REFERRED, State.TRANSFERRED, State.MERGED}
    ),
    stages=(
        (_("Received"), (State.RECEIVED,)),
        (_("Sent to a unit"), (State.DISPATCHED, State.OBJECTED)),
        (_("In hand"), (State.HANDLING, State.SUSPENDED, State.HUNG)),
        (_("Call-back"), (State.REPLIED,)),
        (_("Judged"), (State.CLOSED, State.ANSWERED, State.REFERRED, State.TRANSFERRED, State.MERGED)),
    ),
    address="appeals:matter",
    public_address="appeals:board_item",
)  # fmt: skip
