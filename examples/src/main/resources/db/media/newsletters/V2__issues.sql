CREATE TABLE newsletter_issues (
  newsletter text NOT NULL REFERENCES newsletters (name) ON DELETE CASCADE,
  sent_at bigint NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (newsletter, sent_at)
);

CREATE INDEX newsletter_subscribers_user ON newsletter_subscribers (user_id);
