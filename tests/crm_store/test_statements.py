"""Statements that name ids are few, whatever the number of ids."""

import pytest

from crm_store.prepared import MOST_IDS, in_batches


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (3, [4]), (4, [4]), (MOST_IDS + 5, [MOST_IDS, 8])])
def test_ids_come_in_batches_of_powers_of_two(count: int, sizes: list[int]) -> None:
    assert [len(batch) for batch in in_batches(range(count))] == sizes


def test_every_id_is_in_a_batch_and_no_other() -> None:
    ids = [*range(3, 1300), 5, 5]
    assert {i for batch in in_batches(ids) for i in batch.values()} == set(ids)
