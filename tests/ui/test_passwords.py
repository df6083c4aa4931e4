import hashlib

import pytest

from ui import passwords
from ui.passwords import hash_password, is_password


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(passwords, "_N", 16)


def test_a_password_is_known_again_and_another_is_not():
    kept = hash_password("sông mây đá bạc")
    assert is_password("sông mây đá bạc", kept)
    assert not is_password("sông mây đá bạt", kept)
    assert not is_password("", kept)


def test_what_is_kept_is_scrypt_of_the_password_with_its_salt():
    kind, n, r, p, salt, derived = hash_password("một mật khẩu").split("$")
    expected = hashlib.scrypt(
        "một mật khẩu".encode(), salt=passwords.base64.b64decode(salt), n=16, r=8, p=3, dklen=32
    )
    assert (kind, n, r, p) == ("scrypt", "16", "8", "3")
    assert passwords.base64.b64decode(derived) == expected


def test_the_same_password_is_kept_differently_each_time():
    assert hash_password("một mật khẩu") != hash_password("một mật khẩu")


def test_the_cost_is_at_least_what_owasp_asks_for(monkeypatch):
    monkeypatch.undo()
    assert passwords._N * passwords._P >= 3 * 2**15
    assert passwords._R == 8


def test_a_password_typed_in_decomposed_form_is_the_same():
    assert is_password("ma\u0323\u0302t kha\u0302\u0309u dai", hash_password("mật khẩu dai"))


def test_nobody_has_a_password_and_checking_it_takes_the_same_work(monkeypatch):
    derived = []
    scrypt = hashlib.scrypt
    monkeypatch.setattr(
        passwords.hashlib, "scrypt", lambda *args, **how: derived.append(how["n"]) or scrypt(*args, **how)
    )
    kept = hash_password("một mật khẩu")
    is_password("x", None)  # makes what is compared with nobody's password, once
    derived.clear()
    assert not is_password("một mật khẩu", None)
    of_nobody = derived.copy()
    derived.clear()
    assert not is_password("sai", kept)
    assert derived == of_nobody


def test_half_a_surrogate_pair_is_a_wrong_password_and_no_error():
    assert not is_password("\ud800", hash_password("một mật khẩu"))
