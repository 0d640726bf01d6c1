"""One dataclass for each table of ``data/``; a record that breaks a rule of its own cannot be made."""

from kg.model.records.alliances import Membership, Organisation, Suspension, Treaty
from kg.model.records.base import FILES_ONLY, Dated, Record, Source, Sourced, columns
from kg.model.records.officials import Official, Post, Tenure
from kg.model.records.roll_calls import Document, RollCall, Sponsorship, Topic, Vote
from kg.model.records.statements import Article, Claim, Statement
from kg.model.records.states import Alias, Change, Holding, State

__all__ = [
    "FILES_ONLY",
    "Alias",
    "Article",
    "Change",
    "Claim",
    "Dated",
    "Document",
    "Holding",
    "Membership",
    "Official",
    "Organisation",
    "Post",
    "Record",
    "RollCall",
    "Source",
    "Sourced",
    "Sponsorship",
    "State",
    "Statement",
    "Suspension",
    "Tenure",
    "Topic",
    "Treaty",
    "Vote",
    "columns",
]
