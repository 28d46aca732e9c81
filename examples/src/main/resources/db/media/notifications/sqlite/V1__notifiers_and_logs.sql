-- As in the files of before there were migrations, so that such a file can be adopted at version 2.

CREATE TABLE notifiers (
  id INTEGER PRIMARY KEY,
  agent_name TEXT NOT NULL,
  friendly_name TEXT,
  template TEXT NOT NULL DEFAULT '{user} is watching "{title}"; it''s on',
  "onPlay" INTEGER NOT NULL DEFAULT 1,
  "onStop" INTEGER NOT NULL DEFAULT 0,
  config TEXT
);

CREATE TABLE logs (
  id INTEGER PRIMARY KEY,
  notifier_id INTEGER REFERENCES notifiers (id) ON DELETE SET NULL,
  session_id INTEGER,
  logged_at INTEGER NOT NULL,
  level TEXT NOT NULL DEFAULT 'INFO',
  message TEXT
);
