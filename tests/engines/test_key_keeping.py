"""Keeping the key: the paper, a new code, another workstation; and what the command line says of it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from expertpool.accounts.permissions import Actor
from expertpool.cli import app
from expertpool.foundation.problems import EnvironmentProblem, UserProblem
from expertpool.pool import ExpertPool
from expertpool.safekeeping.key_keeping import hand_over, key_state, recovery_paper, renew_recovery, take_over
from expertpool.storage.since import now


def test_printing_the_paper_is_remembered_and_noted(pool: ExpertPool) -> None:
    before = pool.state()
    paper = recovery_paper(pool)
    assert len(paper.code.replace("-", "")) == 40
    assert paper.vault == pool.database.vault.id
    assert key_state(pool).printed
    assert pool.state() == before + 1


def test_only_who_may_sees_the_code(pool_target: str) -> None:
    with ExpertPool.open(pool_target, actor=Actor("李", "reader")) as pool:
        for verb in (recovery_paper, renew_recovery):
            with pytest.raises(UserProblem) as refused:
                verb(pool)
            assert refused.value.code == "permission.denied"


def test_a_short_passphrase_is_refused_and_the_code_stays(pool: ExpertPool) -> None:
    code = recovery_paper(pool).code
    with pytest.raises(UserProblem) as refused:
        renew_recovery(pool, "short")
    assert refused.value.code == "vault.short"
    assert recovery_paper(pool).code == code


def test_another_workstation_opens_the_pool_with_key_file_and_code(
        pool_target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "交接.key"
    with ExpertPool.open(pool_target) as pool:
        code = renew_recovery(pool)
        hand_over(pool, file)
        state = pool.state()
    assert code not in file.read_text(encoding="utf-8")
    monkeypatch.setenv("EXPERTPOOL_KEYS", str(tmp_path / "second workstation"))
    if "://" not in pool_target:
        (Path(pool_target).parent / (Path(pool_target).name + ".key")).unlink(missing_ok=True)
    with pytest.raises(EnvironmentProblem) as refused:
        ExpertPool.open(pool_target)
    assert refused.value.code == "vault.no_key"
    with pytest.raises(UserProblem):
        take_over(pool_target, code[:-1] + ("2" if code[-1] != "2" else "3"), file)
    take_over(pool_target, code, file)
    with ExpertPool.open(pool_target) as pool, pool.read() as session:
        assert now(session).entry == state


def test_a_server_pool_asks_for_the_key_file() -> None:
    with pytest.raises(UserProblem) as refused:
        take_over("postgresql://nowhere/x", "AAAAA")
    assert refused.value.code == "vault.key_file"


def test_the_command_line(tmp_path: Path) -> None:
    path = str(tmp_path / "pool.expertpool")
    runner = CliRunner()

    def call(*words: str) -> dict[str, str]:
        done = runner.invoke(app, ["--database", path, *words, "--json"])
        assert done.exit_code == 0, done.output
        found: dict[str, str] = json.loads(done.stdout)
        return found

    call("init")
    assert call("vault", "status")["printed"] == ""
    code = call("vault", "paper")["code"]
    assert call("vault", "status")["printed"]
    assert call("vault", "renew")["code"] != code
    call("vault", "hand-over", str(tmp_path / "k.key"))
    assert call("vault", "recover", "--code", call("vault", "paper")["code"])["vault"]
