-- Who may log in, and with what: an Argon2id hash in the form of the PHC, which holds its own salt and costs.
CREATE TABLE logins (
  user_id bigint NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  password_hash text NOT NULL,
  must_change boolean NOT NULL DEFAULT false,
  set_at bigint NOT NULL
);
