CREATE TABLE users (
  id bigint NOT NULL PRIMARY KEY,
  name text NOT NULL UNIQUE,
  email varchar(255),
  added_at bigint NOT NULL,
  seen_ms bigint
);

CREATE TABLE items (
  id bigint NOT NULL PRIMARY KEY,
  parent_id bigint REFERENCES items (id),
  title text NOT NULL DEFAULT 'untitled',
  thumb_of text
);

CREATE INDEX items_title ON items (title);
