CREATE INDEX answers_by_expiry ON answers (world, expires_at);
