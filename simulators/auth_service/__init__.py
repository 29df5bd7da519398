"""The bank's Auth Service: who is logged in, and which devices belong to whom."""
