-- What the pages of statistics add up of sessions that are no news any more, so that they need not read each of
-- them again. The application fills these tables and compares them with the sessions; nothing else needs them, and
-- whoever empties summed_days has them made anew. Quarters of an hour, since in every zone days begin with one.

-- The days in UTC, numbered from 1970 on, that are summed up, and what their sessions were like then.
CREATE TABLE summed_days (
  day bigint NOT NULL PRIMARY KEY,
  fingerprint bigint NOT NULL
);

CREATE TABLE summed_quarters (
  began bigint NOT NULL PRIMARY KEY,
  plays bigint NOT NULL,
  seconds bigint NOT NULL
);

CREATE TABLE summed_platforms (
  began bigint NOT NULL,
  platform text,
  plays bigint NOT NULL
);
CREATE INDEX summed_platforms_began ON summed_platforms (began);

CREATE TABLE summed_users (
  began bigint NOT NULL,
  user_id bigint,
  plays bigint NOT NULL,
  seconds bigint NOT NULL
);
CREATE INDEX summed_users_began ON summed_users (began);

-- Of four weeks each: in a day there would be a row for nearly every session.
CREATE TABLE summed_items (
  began bigint NOT NULL,
  item_id bigint NOT NULL,
  plays bigint NOT NULL,
  seconds bigint NOT NULL
);
CREATE INDEX summed_items_began ON summed_items (began);

CREATE TABLE summed_decisions (
  began bigint NOT NULL,
  "videoDecision" text NOT NULL,
  plays bigint NOT NULL
);
CREATE INDEX summed_decisions_began ON summed_decisions (began);

-- How many sessions more run after a quarter than before it, and the most more within it.
CREATE TABLE summed_streams (
  began bigint NOT NULL PRIMARY KEY,
  change bigint NOT NULL,
  peak bigint NOT NULL
);

CREATE INDEX sessions_stopped ON sessions (stopped);
