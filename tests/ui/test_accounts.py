import json
import os
import stat

import pytest
from typer.testing import CliRunner

from index.errors import UsageError
from ui import passwords
from ui.accounts import Accounts, new_account, read_accounts, with_token, write_accounts
from ui.cli import app
from ui.conversations import Conversations
from ui.turn import Turn

PASSWORD = "sông mây đá bạc"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(passwords, "_N", 16)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "users.json"


def hoidap_user(*arguments, file, typed=""):
    return CliRunner().invoke(app, ["user", *arguments, "--file", str(file)], input=typed)


def test_a_user_who_was_added_can_log_in_whatever_the_case_of_the_name(file):
    assert hoidap_user("add", "Lan", file=file, typed=f"{PASSWORD}\n").exit_code == 0
    accounts = Accounts(file)
    assert accounts.login("LAN ", PASSWORD).name == "lan"
    assert accounts.login("lan", "sai mật khẩu") is None
    assert accounts.login("minh", PASSWORD) is None


def test_list_prints_the_names_and_remove_takes_one_away(file):
    for name in ("minh", "lan"):
        hoidap_user("add", name, file=file, typed=f"{PASSWORD}\n")
    assert hoidap_user("list", file=file).stdout == "lan\nminh\n"
    hoidap_user("remove", "minh", file=file)
    assert list(read_accounts(file)) == ["lan"]


def test_who_is_removed_may_be_forgotten_in_an_index_too(file, tmp_path):
    for name in ("minh", "lan"):
        hoidap_user("add", name, file=file, typed=f"{PASSWORD}\n")
    kept = Conversations.open(tmp_path / "index")
    for owner in ("minh", "lan"):
        kept.save(Turn("Ai?"), conversation=owner, owner=owner, versions={})
    assert hoidap_user("remove", "minh", "--forget", str(tmp_path / "index"), file=file).exit_code == 0
    assert [len(kept.listed(owner=owner)) for owner in ("minh", "lan")] == [0, 1]


def test_a_mistyped_folder_to_forget_in_leaves_the_user_who_can_then_be_removed(file, tmp_path):
    hoidap_user("add", "lan", file=file, typed=f"{PASSWORD}\n")
    assert hoidap_user("remove", "lan", "--forget", str(tmp_path / "none"), file=file).exit_code != 0
    assert list(read_accounts(file)) == ["lan"]


def test_a_user_who_was_removed_before_is_forgotten_and_a_name_that_nobody_had_is_an_error(file, tmp_path):
    hoidap_user("add", "minh", file=file, typed=f"{PASSWORD}\n")
    kept = Conversations.open(tmp_path / "index")
    kept.save(Turn("Ai?"), conversation="abc", owner="lan", versions={})
    forget = ("--forget", str(tmp_path / "index"))
    assert hoidap_user("remove", "Lan", *forget, file=file).exit_code == 0
    assert kept.listed(owner="lan") == ()
    assert hoidap_user("remove", "lan", *forget, file=file).exit_code != 0
    assert list(read_accounts(file)) == ["minh"]


def test_only_the_owner_reads_the_file_and_nothing_else_is_left_in_the_folder(file):
    hoidap_user("add", "lan", file=file, typed=f"{PASSWORD}\n")
    hoidap_user("add", "minh", file=file, typed=f"{PASSWORD}\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["users.json"]


def test_no_password_and_no_token_stands_in_the_file(file):
    hoidap_user("add", "lan", file=file, typed=f"{PASSWORD}\n")
    token = hoidap_user("token", "lan", file=file).stdout.strip()
    text = file.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert token.removeprefix("hoidap_") not in text


def test_a_program_s_token_is_its_user_s_until_the_password_changes(file):
    hoidap_user("add", "lan", file=file, typed=f"{PASSWORD}\n")
    token = hoidap_user("token", "lan", file=file).stdout.strip()
    accounts = Accounts(file)
    assert accounts.of_token(token).name == "lan"
    assert accounts.of_token(token[:-1]) is None
    hoidap_user("add", "lan", file=file, typed="một mật khẩu khác\n")
    assert accounts.of_token(token) is None


def test_what_changes_in_the_file_holds_at_once(file):
    write_accounts(file, {name: new_account(name, PASSWORD) for name in ("lan", "minh")})
    accounts = Accounts(file)
    write_accounts(file, {"lan": new_account("lan", PASSWORD)})
    assert accounts.get("minh") is None
    assert accounts.get("lan") is not None


@pytest.mark.parametrize("damage", [lambda file: file.write_text("{"), lambda file: file.unlink()])
def test_nobody_is_in_while_the_file_cannot_be_read(file, damage):
    account, token = with_token(new_account("lan", PASSWORD))
    write_accounts(file, {"lan": account})
    accounts = Accounts(file)
    damage(file)
    assert accounts.login("lan", PASSWORD) is None
    assert accounts.of_token(token) is None


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("a b", PASSWORD),
        ("x" * 65, PASSWORD),
        ("<b>", PASSWORD),
        ("lan", "ngắn"),
        ("lan", "x" * 1001),
    ],
)
def test_names_and_passwords_that_cannot_be_used_are_refused(name, password):
    with pytest.raises(UsageError):
        new_account(name, password)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 2, "users": []}', '{"format": 1, "users": [{"name": "lan"}]}', "\ufeff"]
)
def test_a_file_that_is_none_of_users_is_refused_in_one_sentence(file, text):
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(UsageError, match="hoidap user add"):
        Accounts(file)


@pytest.mark.parametrize(
    ("was", "now"),
    [("scrypt$16", "scrypt$17"), ("scrypt$", "scrypu$"), ("$8$3$", "$8$3"), ("==$", "=$"), ('"lan"', "7")],
)
def test_a_file_in_which_what_is_kept_of_a_user_is_damaged_is_refused(file, was, now):
    write_accounts(file, {"lan": new_account("lan", PASSWORD)})
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now), encoding="utf-8")
    with pytest.raises(UsageError, match="hoidap user add"):
        Accounts(file)


def test_a_file_that_others_may_write_to_is_refused(file):
    write_accounts(file, {"lan": new_account("lan", PASSWORD)})
    file.chmod(0o620)
    with pytest.raises(UsageError, match="chmod 600"):
        Accounts(file)


def test_a_file_without_users_opens_no_chat(file):
    write_accounts(file, {})
    with pytest.raises(UsageError, match="names no user"):
        Accounts(file)


def test_the_old_file_stays_where_the_new_one_cannot_be_written(file, monkeypatch):
    write_accounts(file, {"lan": new_account("lan", PASSWORD)})
    before = file.read_bytes()

    def full(_):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="cannot be written"):
        write_accounts(file, {})
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["users.json"]


def test_two_different_passwords_on_the_terminal_change_nothing(file, monkeypatch):
    typed = iter([PASSWORD, "nhầm mất rồi"])
    monkeypatch.setattr("ui.user_commands.sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("ui.user_commands.getpass", lambda _: next(typed))
    from ui.user_commands import add

    with pytest.raises(UsageError, match="differ"):
        add("lan", file)
    assert not file.exists()


def test_the_file_is_json_with_its_format(file):
    write_accounts(file, {"lan": new_account("lan", PASSWORD)})
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert kept["format"] == 1
    assert [user["name"] for user in kept["users"]] == ["lan"]
