"""The canonical text of a text file is the decoded file, its line ends apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.documents.plain import decode, read_plain
from kantlijn.errors import BadFile

TEXT = "Één coördinator – “bij voorbeeld” – kost € 12.\n\tTwee\u00a0spaties.\n"


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "utf-32-be"),
        ("utf-32-le", b"", "utf-32-le"),
        ("utf-32-be", b"", "utf-32-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_that_every_usual_encoding_gives_the_same_text(tmp_path, encoding, mark, found):
    file = tmp_path / "brief.txt"
    file.write_bytes(mark + TEXT.encode(encoding))
    content = read_plain(file)
    assert content.text == TEXT
    assert content.details["encoding"] == found
    assert (content.pages, content.layers, content.mime) == ((), (), "text/plain")


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        ("één café ".encode() * 9 + "één café “q”".encode("cp1252"), "één café " * 9 + "één café “q”", "utf-8"),
        ("één café".encode()[:-1], "één cafÃ", "utf-8"),
        ("Geïnd: één coördinator, 12 °C\n".encode("cp850"), "Geïnd: één coördinator, 12 °C\n", "cp850"),
        ("“Eén” coördinator – naïef\n".encode("mac_roman"), "“Eén” coördinator – naïef\n", "mac_roman"),
        ("home•contact•zoek ÉÉN m²\n".encode("cp1252"), "home•contact•zoek ÉÉN m²\n", "cp1252"),
        ("foto’s – zo’n “citaat” … 12½ € ‰ Škoda".encode("cp1252"), "foto’s – zo’n “citaat” … 12½ € ‰ "
         "Škoda", "cp1252"),
        (bytes(range(0xA0, 0x100)), bytes(range(0xA0, 0x100)).decode("cp1252"), "cp1252"),
        (b"a few\0NULs in a longer text are no reason to refuse it. " * 2, None, "utf-8"),
    ],
)
def test_that_mixed_and_older_texts_are_read_as_they_were_meant(tmp_path, raw, text, encoding):
    file = tmp_path / "brief.txt"
    file.write_bytes(raw)
    content = read_plain(file)
    assert (content.text, content.details["encoding"]) == (raw.decode() if text is None else text, encoding)


def test_that_line_ends_become_one_kind_and_nothing_else_changes(tmp_path):
    file = tmp_path / "brief.md"
    file.write_bytes("  # Kop \r\nregel\rnog een\n\n\u00ad\u2028 einde\t".encode())
    content = read_plain(file)
    assert content.text == "  # Kop \nregel\nnog een\n\n\u00ad\u2028 einde\t"
    assert content.mime == "text/markdown"


@given(st.binary(max_size=400))
def test_that_any_bytes_give_text_that_can_be_kept(raw):
    decode(raw)[0].encode("utf-8")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), min_size=1))
def test_that_utf8_comes_back_letter_for_letter(text):
    assert decode(text.encode()) == (text, "utf-8")


def test_that_the_real_texts_come_out_as_they_are(seed_texts):
    for file in seed_texts:
        raw = file.read_bytes()
        assert read_plain(file).text == raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def test_that_a_pdf_is_not_read_as_text(tmp_path):
    file = tmp_path / "brief.txt"
    file.write_bytes(b"%PDF-1.4\n")
    with pytest.raises(BadFile, match="no plain text"):
        read_plain(file)
