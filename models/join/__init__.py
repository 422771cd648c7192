"""Join: the offerings to browse, places, waiting lists, changes after the window, who is missing."""

from .catalogue import (
    SORTS,
    Choices,
    Filter,
    Offering,
    OfferingLine,
    Suggestion,
    choices,
    count_offerings,
    nearest_schools,
    offering,
    offerings,
    suggestions,
)
from .own import Mine, Waiting, mine, next_meeting
from .places import (
    fill,
    join,
    keep,
    leave,
    register,
    register_late,
    stop_waiting,
    switch,
    wait,
)
from .requests import (
    ChangeRequest,
    approve_change,
    ask_change,
    count_requests,
    decline_change,
    own_request,
    requests_for,
    withdraw_request,
)
from .unregistered import (
    DayCount,
    Excused,
    Progress,
    SchoolLine,
    SchoolSheet,
    UnregisteredLine,
    by_day,
    count_unregistered,
    expect,
    not_expected,
    pace,
    progress,
    remind,
    school_sheet,
    schools_progress,
    unregistered,
)

__all__ = [
    "SORTS", "ChangeRequest", "Choices", "DayCount", "Excused", "Filter", "Mine", "Offering",
    "OfferingLine", "Progress", "SchoolLine", "SchoolSheet", "Suggestion", "UnregisteredLine",
    "Waiting", "approve_change", "ask_change", "by_day", "choices", "count_offerings",
    "count_requests", "count_unregistered", "decline_change", "expect", "fill", "join", "keep",
    "leave", "mine", "nearest_schools", "next_meeting", "not_expected", "offering", "offerings",
    "own_request", "pace", "progress", "register", "register_late", "remind", "requests_for",
    "school_sheet", "schools_progress", "stop_waiting", "suggestions", "switch", "unregistered",
    "wait", "withdraw_request",
]  # fmt: skip
