"""Participatory budgeting: equal shares, plain counting and Phragmén, exact and explained; Pabulib files in and out."""

from linli.engines.budgeting.badfile import BadFile
from linli.engines.budgeting.deciding import Outcome, decide, ineligible
from linli.engines.budgeting.election import FEN, Election, Kind, Project, election
from linli.engines.budgeting.explaining import explain
from linli.engines.budgeting.options import (
    DEFAULT_TIES,
    SWIECIE_SHARE,
    Comparison,
    Completion,
    Options,
    Rule,
    Stop,
    Utility,
    tie_ranks,
)
from linli.engines.budgeting.reading import read
from linli.engines.budgeting.writing import write

__all__ = [
    "DEFAULT_TIES",
    "FEN",
    "SWIECIE_SHARE",
    "BadFile",
    "Comparison",
    "Completion",
    "Election",
    "Kind",
    "Options",
    "Outcome",
    "Project",
    "Rule",
    "Stop",
    "Utility",
    "decide",
    "election",
    "explain",
    "ineligible",
    "read",
    "tie_ranks",
    "write",
]
