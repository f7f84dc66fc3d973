"""What is sealed opens only where it stands, under its own key, unchanged; erased is erased."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from itertools import pairwise

import pytest
from django.db import connection, transaction

from spean import vault
from spean.kernel.errors import Denied
from spean.kernel.ids import new_id
from spean.people.models import Contact, Name, Person
from spean.vault import envelope, tokens
from spean.vault.envelope import Tampered
from spean.vault.fields import ERASED, seal
from spean.vault.keystore import Destroyed, KeyStore
from spean.vault.ring import Ring
from spean.vault.store import erase, keystore

pytestmark = pytest.mark.django_db

BORN = "1999-04-22"
NAME = "ចាន់ សុខា"


@pytest.fixture
def person(stopped_clock):
    return Person.objects.create(born=BORN, home_place="Phum Thmei", made=stopped_clock)


@pytest.fixture
def other(stopped_clock):
    return Person.objects.create(born="2001", home_place="Phum Chas", made=stopped_clock)


def named(person):
    return Name.objects.create(person=person, written=NAME, script="khmer", noted=person.made)


def read(row):
    return type(row).objects.get(pk=row.pk)


def at_rest(row, column) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s",
            [row.pk.hex if connection.vendor == "sqlite" else row.pk],
        )
        return bytes(cursor.fetchone()[0])


def put(row, column, sealed: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s",
            [sealed, row.pk.hex if connection.vendor == "sqlite" else row.pk],
        )


def test_what_was_sealed_reads_back_in_any_script(person):
    name = named(person)
    assert (read(person).born, read(name).written) == (BORN, NAME)


def test_the_row_at_rest_holds_none_of_the_words(person):
    name = named(person)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert NAME.encode(encoding) not in at_rest(name, "written")
    assert BORN.encode() not in at_rest(person, "born")


def test_equal_words_do_not_look_equal_at_rest(person, other):
    other.born = BORN
    other.save()
    assert at_rest(person, "born") != at_rest(other, "born")


def test_short_words_of_different_length_look_alike_in_length(person, other):
    assert len(at_rest(person, "born")) == len(at_rest(other, "born"))


def test_words_moved_to_another_row_do_not_open(person, other):
    put(other, "born", at_rest(person, "born"))
    with pytest.raises(Tampered):
        _ = read(other).born


def test_words_moved_to_another_column_do_not_open(person):
    put(person, "born", at_rest(person, "home_place"))
    with pytest.raises(Tampered):
        _ = read(person).born


def test_words_moved_to_another_table_of_the_same_person_do_not_open(person, stopped_clock):
    name = named(person)
    contact = Contact.objects.create(person=person, address="0", noted=stopped_clock)
    put(contact, "address", at_rest(name, "written"))
    with pytest.raises(Tampered):
        _ = read(contact).address


def test_a_row_given_to_another_person_does_not_open(person, other):
    name = named(person)
    Name.objects.filter(pk=name.pk).update(person=other)
    with pytest.raises(Tampered):
        _ = read(name).written


def test_any_flipped_byte_refuses(person):
    key, place = keystore().get(f"person:{person.pk}"), "table.column:1"
    sealed = envelope.seal(key, place, NAME)
    for at in range(len(sealed)):
        flipped = bytearray(sealed)
        flipped[at] ^= 1
        with pytest.raises(Tampered):
            envelope.unseal(key, place, bytes(flipped))


def test_any_trimmed_end_refuses(person):
    key, place = keystore().get(f"person:{person.pk}"), "table.column:1"
    sealed = envelope.seal(key, place, NAME)
    for length in range(len(sealed)):
        with pytest.raises(Tampered):
            envelope.unseal(key, place, sealed[:length])


def test_an_envelope_stripped_of_its_key_id_or_version_refuses(person):
    key, place = keystore().get(f"person:{person.pk}"), "table.column:1"
    sealed = envelope.seal(key, place, NAME)
    for stripped in (
        sealed[:1] + sealed[9:],
        sealed[:1] + bytes(8) + sealed[9:],
        b"\x00" + sealed[1:],
        sealed[1:],
    ):
        with pytest.raises(Tampered):
            envelope.unseal(key, place, stripped)


def test_erased_reads_erased_and_the_row_stays(person, other):
    name = named(person)
    erase(f"person:{person.pk}")
    assert read(name).written == ERASED == "(erased)"
    assert read(person).born == ERASED
    assert read(other).born == "2001"


def test_an_erased_key_is_never_made_again(person):
    erase(f"person:{person.pk}")
    with pytest.raises(Destroyed):
        keystore().make(f"person:{person.pk}")


def test_a_key_destroyed_before_it_was_made_stays_destroyed():
    subject = f"person:{new_id()}"
    erase(subject)
    with pytest.raises(Destroyed):
        keystore().make(subject)


def test_an_update_with_plain_words_is_refused(person):
    with pytest.raises(TypeError, match="born is encrypted"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(born=BORN)
    assert read(person).born == BORN


def test_an_update_with_sealed_words_holds(person):
    Person.objects.filter(pk=person.pk).update(born=seal(person, "born", "2000"))
    assert read(person).born == "2000"


def test_sealed_words_cannot_be_searched(person):
    with pytest.raises(TypeError, match="cannot be searched"):
        Person.objects.filter(born=BORN).exists()


def test_an_empty_text_stays_empty_and_costs_no_key(stopped_clock):
    person = Person.objects.create(made=stopped_clock)
    assert (read(person).born, at_rest(person, "born")) == ("", b"")


def test_a_row_saved_again_without_reading_keeps_its_words(person):
    again = read(person)
    again.nationality = "KHM"
    again.save()
    assert read(person).born == BORN


def test_the_keys_are_their_owner_s_alone(person):
    keystore().get(f"person:{person.pk}")
    for path, mode in (
        (vault.home() / "keys.db", 0o600),
        (vault.home() / "keys" / "ring.json", 0o600),
        (vault.home() / "keys", 0o700),
    ):
        assert stat.S_IMODE(path.stat().st_mode) == mode


def test_data_keys_are_wrapped_at_rest(person):
    key = keystore().get(f"person:{person.pk}")
    held = sqlite3.connect(vault.home() / "keys.db")
    rows = held.execute("SELECT wrapped FROM data_key WHERE wrapped IS NOT NULL").fetchall()
    held.close()
    assert rows
    assert not any(key.secret in wrapped for (wrapped,) in rows)


def test_a_wrapped_key_given_to_another_subject_does_not_unwrap(tmp_path):
    from cryptography.exceptions import InvalidTag

    store = KeyStore(tmp_path / "keys.db", vault.ring())
    store.make("person:1")
    store.make("person:2")
    raw = sqlite3.connect(tmp_path / "keys.db")
    kid, wrapped = raw.execute(
        "SELECT kid, wrapped FROM data_key WHERE subject = 'person:1'"
    ).fetchone()
    raw.execute("DELETE FROM data_key WHERE subject = 'person:1'")
    raw.execute(
        "UPDATE data_key SET kid = ?, wrapped = ? WHERE subject = 'person:2'", (kid, wrapped)
    )
    raw.commit()
    raw.close()
    with pytest.raises(InvalidTag):
        store.get("person:2")
    store.close()


def test_a_broken_off_batch_of_keys_leaves_none(tmp_path):
    store = KeyStore(tmp_path / "keys.db", vault.ring())
    with contextlib.suppress(RuntimeError), store.batch():
        store.make("person:1")
        raise RuntimeError
    with pytest.raises(Destroyed):
        store.get("person:1")
    store.close()


def test_two_who_open_a_new_ring_hold_the_same(tmp_path):
    assert Ring.open(tmp_path / "ring") == Ring.open(tmp_path / "ring")


def test_no_key_serves_two_ends():
    ring = vault.ring()
    purposes = ["wrap", "journal", "django", "second-factor", "tokens/1/name", "tokens/1/phone"]
    keys = [ring.derive(p) for p in purposes]
    assert len(set(keys)) == len(purposes)
    assert all(one != other for one, other in pairwise(keys))
    with pytest.raises(KeyError):
        ring.derive("wrap", 99)


def test_tokens_are_equal_for_equal_words_of_one_kind_only():
    assert tokens.token("name", NAME) == tokens.token("name", NAME)
    assert tokens.token("name", NAME) != tokens.token("phone", NAME)
    assert 0 <= tokens.token("name", NAME) < 2**63


def test_a_lost_ring_is_not_silently_replaced(tmp_path):
    sealed = tmp_path / "keys.db"
    sealed.write_bytes(b"")
    with pytest.raises(Denied, match="Put the ring back"):
        Ring.open(tmp_path / "keys", needed_by=[sealed])
    assert not (tmp_path / "keys" / "ring.json").exists()
