"""The Entersekt Transakt Secure Gateway: emCerts, sign-up codes, subjects, and the push that leaves it."""
