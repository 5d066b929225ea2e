"""The pages that are no plain answer to an address, and where each is looked at."""

from typing import Any

# By the name of the picture: an address that asks for it, and its template.
AT = {
    "edition-filtered": ("/date/2026-04-24?tag=diffusion&tag=-quantization", "feeds/list.html"),
    "edition-empty": ("/date/2020-02-02", "feeds/list.html"),
    "nothing-fits": ("/?q=nothing+such", "feeds/list.html"),
    "not-found": ("/nothing-here", "404.html"),
    "query-error": ("/?sort=best", "feeds/query_error.html"),
    "link-fails": ("/subscriptions/confirm/nonsense", "accounts/link_fails.html"),
}

# What only comes in answer to an act, or to a failure, with what it tells then.
BARE: dict[str, dict[str, Any]] = {
    "400.html": {},
    "403.html": {},
    "403_csrf.html": {},
    "429.html": {"wait": "two minutes"},
    "500.html": {"id": "0123456789abcdef"},
    "503.html": {},
    "account/confirm_email_verification_code.html": {},
    "account/confirm_password_reset_code.html": {},
    "account/signup_closed.html": {},
    "account/verification_sent.html": {},
    "account/verified_email_required.html": {},
    "accounts/again.html": {},
    "accounts/anew.html": {},
    "accounts/data_asked.html": {},
    "accounts/erased.html": {},
    "accounts/factor_needed.html": {},
    "accounts/kept.html": {},
    "accounts/mail_fails.html": {},
    "accounts/webhook.html": {
        "hook": {"pk": 1, "name": "A chat", "url": "https://chat.example.org/in", "is_on": True},
        "what": "Papers of the front page",
        "kinds": ["a paper comes in"],
    },
    "desk/gone.html": {},
    "feeds/comment_signed_out.html": {},
    "feeds/gone.html": {},
    "outbox/index.html": {},
    "outbox/mail.html": {},
}

# Looked at on a journey of tests/e2e, under the name of its picture.
ON_THE_WAY = {
    "mfa/totp/activate_form.html": "second-factor-set-up",
    "mfa/recovery_codes/index.html": "second-factor-codes",
    "mfa/authenticate.html": "second-factor-asked",
    "mfa/reauthenticate.html": "second-factor-asked-again",
    "mfa/totp/deactivate_form.html": "second-factor-off",
    "account/confirm_login_code.html": "code",
    "accounts/asked.html": "asked",
    "accounts/confirmed.html": "confirmed",
    "accounts/ended.html": "ended",
    "feeds/styleguide.html": "styleguide",
}
