"""Settings of signing in: allauth as the engine, axes for lock-out, no sign-up, no mail server."""

from __future__ import annotations

import datetime as dt

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked-out attempt goes no further
    "danchu.core.accounts.backends.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]

LOGIN_URL = "office:sign_in"
LOGIN_REDIRECT_URL = "/office/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "danchu.web.office.signin.adapters.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # sign-up itself is closed by the adapter
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser: counters share machines
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
# Failed passwords are counted by axes, in the database and so for all processes together.
# "login_failed" is left as the guard of codes, counted for each person.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/300s/key",
    "reauthenticate": "10/m/user",
}

MFA_ADAPTER = "danchu.web.office.signin.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "danchu"
MFA_RECOVERY_CODE_COUNT = 10

AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "danchu.web.design.client_address.counted_address"
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # fifteen minutes are fifteen minutes
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "danchu.core.accounts.backends.attempted_email"
AXES_LOCKOUT_CALLABLE = "danchu.web.office.signin.adapters.locked_out"
AXES_SENSITIVE_PARAMETERS = [
    "login",
    "username",
    "ip_address",
    "code",
    "csrfmiddlewaretoken",
    "next",
]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False  # its own lines name the person
