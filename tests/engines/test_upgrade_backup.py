"""Before a pool of an older structure is upgraded, its file is kept as it was; a failing copy stops the upgrade."""

from pathlib import Path

import pytest

from expertpool.experts.drafts import PersonDraft
from expertpool.experts.register import register
from expertpool.foundation.problems import EnvironmentProblem
from expertpool.pool import ExpertPool
from expertpool.storage import dialects, keys
from expertpool.storage.upgrade import known_revisions, migrate, revision_of


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An embedded pool one revision behind."""
    path = tmp_path / "旧.expertpool"
    vault = keys.make(path)
    engine = dialects.open_file(path, vault)
    with engine.execution_options(writing=True).connect() as connection:
        migrate(connection, known_revisions()[-2])
    engine.dispose()
    return path


def test_the_file_of_before_is_kept_and_opens(old: Path) -> None:
    with ExpertPool.open(old) as pool:
        register(pool, PersonDraft(name="张伟"))
        vault = pool.database.vault
    kept = old.with_name(old.name + ".backups") / f"旧-before-upgrade-{known_revisions()[-2]}.expertpool"
    engine = dialects.open_file(kept, vault)
    assert revision_of(engine) == known_revisions()[-2]
    engine.dispose()
    with ExpertPool.open(old) as pool:  # nothing is due any more
        assert revision_of(pool.database.engine) == known_revisions()[-1]
    assert len(list(kept.parent.iterdir())) == 1


def test_without_the_copy_nothing_is_upgraded(old: Path) -> None:
    old.with_name(old.name + ".backups").write_text("in the way")
    before = old.read_bytes()
    with pytest.raises(EnvironmentProblem) as told:
        ExpertPool.open(old)
    assert told.value.code == "backup.unwritten"
    assert old.read_bytes() == before
