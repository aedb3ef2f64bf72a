"""The map of a conversation: who stands together, what unites the groups and what divides them.

After Polis (Small, Bjorkegren, Erkkilä, Shaw, Megill 2021). Votes on statements (agree, pass, disagree) become two
dimensions, two to five groups, the statements that stand for each, the consensus across them and the divisions. The
same votes give the same map to the bit, in whatever order they came.

    conversation = read(Path("folder"))
    the_map = opinion_map(conversation)
    consensus(the_map), divisive(the_map), representative(the_map, 0)
"""

from linli.engines.opinions.conversation import AGREE, DISAGREE, PASS, Conversation, Id, Statement, Vote
from linli.engines.opinions.faults import BadFile
from linli.engines.opinions.findings import (
    Count,
    Divisive,
    Representative,
    Shared,
    consensus,
    divisive,
    group_aware,
    representative,
    shown,
)
from linli.engines.opinions.live import Session
from linli.engines.opinions.opinion_map import OpinionMap, opinion_map
from linli.engines.opinions.parity import Production, Reproduction, reproduce
from linli.engines.opinions.reading import read
from linli.engines.opinions.writing import write

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "BadFile",
    "Conversation",
    "Count",
    "Divisive",
    "Id",
    "OpinionMap",
    "Production",
    "Representative",
    "Reproduction",
    "Session",
    "Shared",
    "Statement",
    "Vote",
    "consensus",
    "divisive",
    "group_aware",
    "opinion_map",
    "read",
    "representative",
    "reproduce",
    "shown",
    "write",
]
