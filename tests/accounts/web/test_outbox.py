"""Without a mail server, mails stay in the data directory and a page shows them."""

import importlib
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

import config.urls
from accounts import outbox

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.web.with_outbox")]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.OUTBOX = tmp_path / "outbox"
    settings.EMAIL_BACKEND = "accounts.outbox.EmailBackend"
    return settings.OUTBOX


def write(subject: str = "Your papers", text: str = "Read.", html: str = "", to: str = "") -> str:
    """Sends a mail and gives its name in the outbox."""
    message = EmailMultiAlternatives(subject, text, to=[to or "reader@example.org"])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
    return outbox.mails()[0].name


def test_an_empty_outbox_says_how_to_fill_it(client):
    assert "No mail yet." in client.get("/outbox/").text


def test_mails_are_listed_newest_first_with_whom_they_are_for(client):
    write("The first")
    write("The second", to="other@example.org")
    page = client.get("/outbox/").text
    assert page.index("The second") < page.index("The first")
    assert "other@example.org" in page


def test_each_mail_is_a_file_that_a_mail_program_opens(folder):
    get_connection().send_messages([EmailMultiAlternatives("A", to=["a@example.org"])] * 2)
    assert len(list(folder.glob("*.eml"))) == 2
    assert not list(folder.glob(".*"))


def test_an_outbox_longer_than_a_page_leads_on_to_the_older_mails(client, monkeypatch):
    monkeypatch.setattr(outbox, "PAGE", 2)
    for number in range(3):
        write(f"Mail {number}")
    first = client.get("/outbox/")
    assert "Mail 0" not in first.text
    older = client.get(f"/outbox/?before={first.context['more']}")
    assert "Mail 0" in older.text
    assert "Mail 1" not in older.text


def test_a_mail_shows_its_text_with_links_that_can_be_followed(client):
    name = write(text="Confirm here: http://127.0.0.1:8000/subscriptions/confirm/a.b:c-d_e.\nBye")
    page = client.get(f"/outbox/{name}").text
    link = "http://127.0.0.1:8000/subscriptions/confirm/a.b:c-d_e"
    assert f'<a href="{link}">{link}</a>.' in page


def test_a_mail_shows_its_source_letter_by_letter(client):
    name = write("Grüße <b>")
    page = client.get(f"/outbox/{name}").text
    assert "Grüße &lt;b&gt;" in page
    assert "Message-ID:" in page


def test_markup_in_subject_and_text_stays_text(client):
    name = write("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", to="a@example.org")
    for page in ("/outbox/", f"/outbox/{name}"):
        assert "<script>alert" not in client.get(page).text
        assert "<img src=x" not in client.get(page).text


def test_the_html_of_a_mail_is_shown_in_a_frame_where_nothing_runs(client):
    name = write(html="<html><head></head><body><script>alert(1)</script>Hi</body></html>")
    page = client.get(f"/outbox/{name}").text
    assert f'<iframe src="/outbox/{name}/html"' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    framed = client.get(f"/outbox/{name}/html")
    policy = framed["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert '<head><base target="_blank">' in framed.text


@pytest.mark.parametrize(
    "name",
    ["..", "..%2f..%2fetc%2fpasswd", "%2e%2e%2fsecret", "secret", ".", "20260424T080000.000000Z-0"],
)
def test_no_name_leads_out_of_the_outbox(client, folder, name):
    folder.mkdir()
    (folder.parent / "secret.eml").write_text("Subject: secret\n\nsecret")
    (folder / "secret.eml").write_text("Subject: secret\n\nsecret")
    for page in (f"/outbox/{name}", f"/outbox/{name}/html"):
        assert client.get(page).status_code == 404
    assert outbox.mail("../secret") is None


def test_a_mail_that_is_not_there_is_not_found(client):
    assert client.get("/outbox/20260424T080000.000000Z-00000000").status_code == 404


def test_files_that_are_no_mails_of_ours_are_passed_over(client, folder):
    write("Ours")
    (folder / "notes.eml").write_text("Subject: theirs\n\n")
    (folder / ".20260424T080000.000000Z-00000000").write_text("Subject: unfinished\n\n")
    page = client.get("/outbox/").text
    assert "Ours" in page
    assert "theirs" not in page
    assert "unfinished" not in page


def test_only_the_owner_of_the_process_may_read_the_folder(folder):
    write()
    assert folder.stat().st_mode & 0o077 == 0


def test_with_a_mail_server_there_is_no_outbox(settings):
    before = settings.SHOW_OUTBOX
    settings.SHOW_OUTBOX = False
    try:
        addresses = importlib.reload(config.urls).urlpatterns
    finally:
        settings.SHOW_OUTBOX = before
        importlib.reload(config.urls)
    assert "outbox/" not in [str(address.pattern) for address in addresses]
