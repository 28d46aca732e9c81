-- As in the files of before there were migrations, so that such a file can be adopted at version 4.

CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL UNIQUE,
  friendly_name TEXT,
  email VARCHAR(255),
  is_admin BOOLEAN NOT NULL DEFAULT 0,
  is_active INTEGER NOT NULL DEFAULT 1,
  added_at INTEGER NOT NULL,
  last_seen INTEGER
);

CREATE TABLE libraries (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  section_type TEXT NOT NULL DEFAULT 'movie',
  "order" INTEGER NOT NULL DEFAULT -1,
  agent TEXT DEFAULT NULL,
  UNIQUE (name),
  UNIQUE (section_type, "order")
);

CREATE TABLE library_access (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  library_id INTEGER NOT NULL REFERENCES libraries (id) ON DELETE CASCADE ON UPDATE CASCADE,
  granted_at INTEGER,
  PRIMARY KEY (user_id, library_id)
);
