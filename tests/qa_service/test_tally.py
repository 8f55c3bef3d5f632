"""How many a list holds: members are counted where they are told apart surely, else not."""

from __future__ import annotations

import pytest

from qa_service.tally import members_of


@pytest.mark.parametrize(
    ("listed", "count"),
    [
        ("区养老服务中心、区救助站和区殡葬管理所", 3),
        ("养老服务中心和救助管理站", 2),
        ("办公室、应用和数据管理科、人事科", 3),
        ("教育收入、科研收入及其他收入", 3),
        # a whole that is left open, a member that is no name, a sentence
        ("区养老服务中心、区救助站等", 0),
        ("水费、电费、其他设备购置对应的资金", 0),
        ("局本级预算，以及下属单位预算", 0),
    ],
)
def test_members_are_counted_only_where_they_are_sure(listed: str, count: int) -> None:
    assert len(members_of(listed)) == count
