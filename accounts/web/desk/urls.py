from django.urls import path, re_path

from accounts.web.desk import address, mail, preview

_SEND = r"^desk/mail/sends/(?P<day>\d{4}-\d\d-\d\d)-(?P<cadence>[a-z]+)"

urlpatterns = [
    path("desk/mail", mail.overview, name="desk-mail"),
    path("desk/mail/pause", mail.pause, name="desk-mail-pause"),
    path("desk/mail/resume", mail.resume, name="desk-mail-resume"),
    re_path(rf"{_SEND}$", mail.one_send, name="desk-mail-send"),
    re_path(rf"{_SEND}/progress$", mail.progress, name="desk-mail-progress"),
    re_path(rf"{_SEND}/again$", mail.resend, name="desk-mail-resend"),
    path("desk/mail/preview", preview.preview, name="desk-mail-preview"),
    path("desk/mail/preview/html", preview.html, name="desk-mail-html"),
    path("desk/mail/preview/test", preview.test, name="desk-mail-test"),
    path("desk/mail/address", address.address, name="desk-mail-address"),
]
