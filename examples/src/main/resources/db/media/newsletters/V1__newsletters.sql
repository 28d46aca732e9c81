CREATE TABLE newsletters (
  name text NOT NULL PRIMARY KEY,
  subject text NOT NULL DEFAULT 'New this week',
  weekday integer NOT NULL DEFAULT 5 CHECK (weekday BETWEEN 1 AND 7)
);

CREATE TABLE newsletter_subscribers (
  newsletter text NOT NULL REFERENCES newsletters (name) ON DELETE CASCADE,
  user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  subscribed_at bigint NOT NULL,
  PRIMARY KEY (newsletter, user_id)
);
