"""The features' phrases about the bank's rules."""

from typing import Any


def _block_after(attempts: int, duration: str) -> dict[str, Any]:
    """Return the policies by which the same number of wrong attempts of any kind blocks."""
    kinds = {kind: {"max_attempts": attempts} for kind in ("otp", "card", "login")}
    return {"cymmetri": {**kinds, "block": duration}}


def _password(**rules: Any) -> dict[str, Any]:
    return {"cymmetri": {"password": rules}}


RULES: dict[str, dict[str, Any]] = {
    "a code has six digits": {"cymmetri": {"otp": {"digits": 6}}},
    "a code has eight digits": {"cymmetri": {"otp": {"digits": 8}}},
    "a sign-up code has seven digits": {"orchestrator": {"sign_up": {"length": 7}}},
    "a sign-up code has eight digits": {"orchestrator": {"sign_up": {"length": 8}}},
    "a sign-up code has twelve letters and digits": {
        "orchestrator": {"sign_up": {"length": 12, "charset": "ALPHANUMERIC"}}
    },
    "a customer is sent four codes a day at most": {"cymmetri": {"otp": {"max_sent": 4}}},
    "codes are counted for one hour": {"cymmetri": {"otp": {"max_sent_window": "PT1H"}}},
    "a session waits for an hour": {"cymmetri": {"token_lifetime": "PT1H"}},
    "customers of any age register": {"cymmetri": {"min_age": 0}},
    "customers register from the age of 21 on": {"cymmetri": {"min_age": 21}},
    "each code has its own page": {"cymmetri": {"document_paths": False}},
    "Cymmetri says what the contract says": {"cymmetri": {"wire": "ours"}},
    "Cymmetri says what the vendor publishes": {"cymmetri": {"wire": "published"}},
    "Cymmetri says nothing in words when all goes well": {"cymmetri": {"wire": {"message": "null_on_success"}}},
    "Cymmetri says what the vendor publishes, but has own words for blocks": {
        "cymmetri": {
            "wire": {
                "like": "published",
                "errors": {"USER_BLOCKED": "LOTUS.ACCOUNT_ON_HOLD"},
                "statuses": {"423": 409},
            }
        }
    },
    "Cymmetri's refusals look like successes": {"cymmetri": {"errors_as_200": True}},
    "a password has four letters or more": _password(min_alpha=4),
    "a password has no question mark": _password(disallowed_characters="?"),
    "a password has ten to twelve characters": _password(min_length=10, max_length=12),
    "a password has three capital letters or more": _password(min_upper=3),
    "a password has three digits or more": _password(min_digits=3),
    "a password has three small letters or more": _password(min_lower=3),
    "a password has three special characters or more": _password(min_specials=3),
    '"Mango-Tree#5" is too easy to guess': _password(blacklist=["Mango-Tree#5"]),
    "none of the 4,000 commonest passwords can be used": _password(refuse_common=4000),
    "none of the 5,000 commonest passwords can be used": _password(refuse_common=5000),
    "passwords follow NIST's recommendations": {"cymmetri": {"preset": "nist"}},
    "passwords follow NIST's advice, but need a digit": {"cymmetri": {"preset": "nist", "password": {"min_digits": 1}}},
    "former passwords may be used again": _password(history=0),
    "the last password cannot be used again": _password(history=1),
    "the last four passwords cannot be used again": _password(history=4),
    "only the validated password can be set": _password(must_be_validated_one=True),
    "one wrong attempt blocks for ten minutes": _block_after(1, "PT10M"),
    "two wrong codes, three wrong cards or four wrong passwords block for ten minutes": {
        "cymmetri": {
            "otp": {"max_attempts": 2},
            "card": {"max_attempts": 3},
            "login": {"max_attempts": 4},
            "block": "PT10M",
        }
    },
    "three wrong attempts block for ten minutes": _block_after(3, "PT10M"),
    "three wrong attempts block for 30 minutes": _block_after(3, "PT30M"),
    "three wrong attempts block for good": _block_after(3, "permanent"),
    "five wrong attempts block for ten minutes": _block_after(5, "PT10M"),
    "anything that cannot be a code counts as wrong": {"cymmetri": {"otp": {"count_malformed": True}}},
    "a code is valid for 30 seconds": {"cymmetri": {"otp": {"lifetime": "PT30S"}}},
    "a code is valid for 80 seconds": {"cymmetri": {"otp": {"lifetime": "PT80S"}}},
    "a code is valid for five minutes": {"cymmetri": {"otp": {"lifetime": "PT5M"}}},
    "a code is valid for ten minutes": {"cymmetri": {"otp": {"lifetime": "PT10M"}}},
    "a code can be resent three times, 30 seconds apart": {
        "cymmetri": {"otp": {"max_resends": 3, "resend_after": "PT30S"}}
    },
    "a code can be resent once": {"cymmetri": {"otp": {"max_resends": 1}}},
    "no code can be resent": {"cymmetri": {"otp": {"max_resends": 0}}},
    "codes are a minute apart": {"cymmetri": {"otp": {"resend_after": "PT1M"}}},
    "codes need not be apart": {"cymmetri": {"otp": {"resend_after": "PT0S"}}},
    "a sign-up code is valid for ten minutes": {"orchestrator": {"sign_up": {"lifetime": "PT10M"}}},
    "a sign-up code is valid for fifteen minutes": {"orchestrator": {"sign_up": {"lifetime": "PT15M"}}},
    "a phone must wait after five wrong sign-up codes": {"tsg": {"guesses": {"per_phone": 5}}},
    "a phone must wait after ten wrong sign-up codes": {"tsg": {"guesses": {"per_phone": 10}}},
    "a phone must wait after two wrong sign-up codes": {"tsg": {"guesses": {"per_phone": 2}}},
    "a user id has six to eight digits": {
        "cymmetri": {"user_id": {"min_length": 6, "max_length": 8, "pattern": "[0-9]*"}}
    },
    "a user id has six digits, or two letters and four digits": {
        "cymmetri": {"user_id": {"pattern": "[0-9]{6}|[a-z]{2}[0-9]{4}"}}
    },
    "a user id is held for ten minutes": {"cymmetri": {"user_id": {"hold": "PT10M"}}},
    "a user id is held for twenty minutes": {"cymmetri": {"user_id": {"hold": "PT20M"}}},
    "another code resets the wrong attempts": {"cymmetri": {"otp": {"resend_resets_attempts": True}}},
    "TSG pushes sign-ups to the Auth Service": {"tsg": {"push_receiver": "auth_service"}},
    "TSG's pushes are tried again after one second": {"tsg": {"push_retry": {"first": "PT1S", "jitter": 0}}},
    "TSG's pushes are tried again every hour": {
        "tsg": {"push_retry": {"first": "PT1H", "factor": 1, "max": "PT1H", "jitter": 0}}
    },
    "TSG's pushes are tried again after ten seconds, or up to twice as long by chance": {
        "tsg": {"push_retry": {"first": "PT10S", "factor": 1, "max": "PT10S", "jitter": 1}}
    },
    "TSG signs its pushes by the machine's clock": {"tsg": {"push_time": "machine"}},
    "TSG pushes sign-ups": {"tsg": {"completion": "push"}},
    "the bank polls TSG for sign-ups": {"tsg": {"completion": "poll"}},
    "the bank polls TSG once a minute": {"tsg": {"completion": "poll"}, "orchestrator": {"poll_interval": "PT1M"}},
    "TSG both pushes sign-ups and is polled": {"tsg": {"completion": "both"}},
    "a sign-up code has four digits": {"orchestrator": {"sign_up": {"length": 4}}},
    "a sign-up code has 32 letters and digits": {
        "orchestrator": {"sign_up": {"length": 32, "charset": "ALPHANUMERIC"}}
    },
    "a sign-up code is valid for one minute": {"orchestrator": {"sign_up": {"lifetime": "PT1M"}}},
    "a sign-up code is valid for 119 seconds": {"orchestrator": {"sign_up": {"lifetime": "PT119S"}}},
    "a sign-up code is valid for two minutes": {"orchestrator": {"sign_up": {"lifetime": "PT2M"}}},
    "TSG itself would give longer codes that are valid for an hour": {
        "tsg": {"sign_up_code": {"length": 20, "charset": "ALPHANUMERIC", "lifetime": "PT1H"}}
    },
    "TSG gives codes of one digit": {"tsg": {"sign_up_code": {"min_length": 1, "length": 1, "lifetime": "PT10M"}}},
    "TSG gives codes of eight characters at least": {"tsg": {"sign_up_code": {"min_length": 8}}},
    "TSG gives codes of eleven characters at most": {"tsg": {"sign_up_code": {"max_length": 11}}},
    "TSG gives codes of twelve characters at most": {"tsg": {"sign_up_code": {"max_length": 12}}},
    "wrong sign-up codes count for five minutes": {"tsg": {"guesses": {"window": "PT5M"}}},
    "all phones together must wait after two wrong sign-up codes": {"tsg": {"guesses": {"per_service": 2}}},
    "all phones together must wait after three wrong sign-up codes": {"tsg": {"guesses": {"per_service": 3}}},
    "TSG knows the bank by another name than the app": {"orchestrator": {"service_id": "lotus-bank"}},
    "TSG knows the bank, and its app, by another name": {
        "orchestrator": {"service_id": "lotus-bank"},
        "handset": {"service_id": "lotus-bank"},
    },
    "a sign-up code is valid for 24 hours": {"orchestrator": {"sign_up": {"lifetime": "PT24H"}}},
    "a sign-up code is valid for 25 hours": {"orchestrator": {"sign_up": {"lifetime": "PT25H"}}},
    "a sign-up code is valid for 365 days": {"orchestrator": {"sign_up": {"lifetime": "P365D"}}},
    "TSG lets the bank in by another name and a password": {
        "tsg": {"auth": "basic"},
        "orchestrator": {"service_id": "lotus-bank"},
        "handset": {"service_id": "lotus-bank"},
    },
    'the bank is called "Lotus & Co. + 1"': {
        "orchestrator": {"service_id": "Lotus & Co. + 1"},
        "handset": {"service_id": "Lotus & Co. + 1"},
    },
    "the app belongs to another bank": {"handset": {"service_id": "another-bank"}},
    "a sign-up need not carry a credential": {"orchestrator": {"credential": "optional"}},
    "a phone's certificate is valid for one day": {"tsg": {"emcert": {"lifetime": "P1D"}}},
    "a user may have two phones": {"auth_service": {"max_devices": 2}},
    "requests are known by their number for ten minutes": {"orchestrator": {"idempotency_key_lifetime": "PT10M"}},
    "a session on the web site ends after five minutes without use": {"cymmetri": {"login": {"idle": "PT5M"}}},
    "a session on the web site lasts ten minutes": {"cymmetri": {"login": {"token_lifetime": "PT10M"}}},
    "TSG's pushes are tried for two hours": {"tsg": {"push_retry": {"span": "PT2H"}}},
    "a phone tries again after one minute": {"handset": {"retry_gap": "PT1M"}},
    "a login lasts five minutes": {"auth_service": {"token_lifetime": "PT5M"}},
    "a login lasts ten minutes": {"auth_service": {"token_lifetime": "PT10M"}},
    "a login lasts 90 seconds": {"auth_service": {"token_lifetime": "PT90S"}},
    "a login lasts one day": {"auth_service": {"token_lifetime": "P1D"}},
    "a login lasts a day and an hour": {"auth_service": {"token_lifetime": "PT25H"}},
    "a login ends after five minutes without use": {"auth_service": {"idle": "PT5M"}},
    "a login ends the one before": {"auth_service": {"sessions": "one"}},
}
"""The bank's rules that a scenario rests on, as policies by service."""
