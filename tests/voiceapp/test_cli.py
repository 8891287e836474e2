"""The console script as it is called: exit statuses, sentences instead of tracebacks."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from orders.customers import CustomerNumber, household
from tests.conftest import ENVIRONMENT, MEI, OURS
from voiceapp import migrating, rekeying
from voiceapp.cli import main
from voiceapp.config import Settings
from voiceapp.crypto import Keyring, use_keys
from voiceapp.db import Database
from voiceapp.phone import Phone

SAMPLE = Path(__file__).parents[2] / "ivr" / "speech" / "callers" / "caller-1.wav"


def called(folder: Path, *words: str, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, with this environment and nothing of ours."""
    path = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "voiceapp", *words],
        cwd=folder,
        env=path | dict(env),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An empty folder with the settings of an installation in its `.env`, and its database."""
    environment = ENVIRONMENT | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/v.db",
        "RECORDINGS_URL": f"file://{tmp_path}/recordings",
        "REDIS_URL": "redis://127.0.0.1:1",
    }
    for name in Settings.example().split():
        monkeypatch.delenv(name.partition("=")[0], raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return Database(environment["DATABASE_URL"])


def test_a_missing_setting_ends_with_status_2_and_its_name_and_no_traceback(
    tmp_path: Path,
) -> None:
    for words in (["web"], ["worker"], ["relay"], ["db", "upgrade"], ["doctor"]):
        ended = called(tmp_path, *words, env={})

        assert ended.returncode == 2
        assert "PUBLIC_URL is missing" in ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_wrong_key_ends_with_status_2_and_its_name(tmp_path: Path) -> None:
    ended = called(tmp_path, "db", "upgrade", env=ENVIRONMENT | {"DATA_KEYS": "not-a-key"})

    assert (ended.returncode, "DATA_KEYS" in ended.stderr) == (2, True)
    assert "Traceback" not in ended.stderr


def test_the_settings_are_read_from_a_file_in_the_folder_too(tmp_path: Path) -> None:
    lines = [f"{name}={value}" for name, value in ENVIRONMENT.items()]
    (tmp_path / ".env").write_text("\n".join(lines), "utf-8")
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/v.db"}

    ended = called(tmp_path, "db", "upgrade", env=database)

    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "v.db").exists(), "the environment comes before the file"


def test_an_unknown_queue_is_refused_by_a_sentence(
    installation: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["worker", "fast"]) == 1
    assert "no queue is called fast" in capsys.readouterr().err


def test_seed_prints_a_login_that_works_and_loads_the_catalogue_once(
    installation: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    migrating.upgrade(installation)

    assert main(["seed", "--login", "ana"]) == 0

    told = capsys.readouterr().out
    login = dict(
        line.split(None, 1) for line in told.splitlines() if line.startswith(("log", "pass"))
    )
    from voiceapp.console.clerks import authenticate

    with installation.reading() as session:
        assert authenticate(session, login["login"], login["password"]) is not None
    assert "otpauth://totp/" in told
    assert main(["seed", "--login", "ivo"]) == 0
    assert "loaded" not in capsys.readouterr().out
    assert main(["seed", "--login", "ana"]) == 1
    assert "taken" in capsys.readouterr().err


def test_a_catalogue_that_is_none_is_refused_with_its_line(
    installation: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    migrating.upgrade(installation)
    (tmp_path / "c.csv").write_text("sku,price\negg,5\n", "utf-8")

    assert main(["catalogue", "load", "c.csv"]) == 1
    assert main(["catalogue", "load", "nowhere.csv"]) == 1

    assert "c.csv" in capsys.readouterr().err


def test_residents_are_imported_and_the_refused_rows_are_named(
    installation: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    migrating.upgrade(installation)
    (tmp_path / "r.csv").write_text(f"姓名,电话\n王梅,{MEI}\n,{OURS}\n", "utf-8")

    assert main(["customers", "import", "r.csv"]) == 1

    told = capsys.readouterr().out
    assert "line 3: refused: no name" in told
    assert "1 taken, 0 on file, 1 refused" in told


def test_numbers_are_found_under_a_new_index_key(
    installation: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrating.upgrade(installation)
    (tmp_path / "r.csv").write_text(f"name,number\nMei,{MEI}\n", "utf-8")
    main(["customers", "import", "r.csv"])
    monkeypatch.setenv("INDEX_KEY", "another-index-key-another")

    assert main(["db", "reindex"]) == 0

    with installation.reading() as session:
        assert [each.name for each in household(session, Phone(MEI))] == ["Mei"]
    use_keys(Keyring([ENVIRONMENT["DATA_KEYS"]], ENVIRONMENT["INDEX_KEY"]))
    with installation.reading() as session:
        assert household(session, Phone(MEI)) == []


def test_after_rotation_the_old_key_is_not_needed(
    installation: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrating.upgrade(installation)
    (tmp_path / "r.csv").write_text(f"name,number\nMei,{MEI}\n", "utf-8")
    main(["customers", "import", "r.csv"])
    fresh = Fernet.generate_key().decode()
    monkeypatch.setenv("DATA_KEYS", f"{fresh},{ENVIRONMENT['DATA_KEYS']}")

    assert main(["db", "rotate"]) == 0

    use_keys(Keyring([fresh], ENVIRONMENT["INDEX_KEY"]))
    with installation.reading() as session:
        assert session.scalars(sa.select(CustomerNumber)).one().number == MEI
    use_keys(Keyring([ENVIRONMENT["DATA_KEYS"]], ENVIRONMENT["INDEX_KEY"]))


def test_every_keyed_hash_knows_what_it_is_made_of() -> None:
    assert {f"{table.name}.{index.name}" for table, index, _ in rekeying.indexes()} >= {
        "customer_numbers.number_index",
        "relatives.number_index",
        "relatives.wechat_index",
        "orders.number_index",
        "calls.number_index",
    }


def test_transcribe_writes_one_object_a_line_and_needs_no_settings(tmp_path: Path) -> None:
    ended = called(tmp_path, "transcribe", str(SAMPLE), str(SAMPLE), env={})

    rows = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.returncode == 0, ended.stderr
    assert [row["file"] for row in rows] == [str(SAMPLE)] * 2
    assert {"file", "text", "seconds", "confidence"} <= rows[0].keys()
    assert rows[0]["text"]
