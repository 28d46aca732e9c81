-- A self-hosted media server's database as years of growth left it. Foreign keys are declared and,
-- as SQLite has it by default, not enforced; booleans and times are whole numbers.

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

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  library_id INTEGER NOT NULL REFERENCES libraries (id),
  parent_id INTEGER REFERENCES items (id) ON DELETE SET NULL,
  guid TEXT NOT NULL,
  media_type TEXT NOT NULL,
  title TEXT NOT NULL,
  tagline TEXT,
  year INTEGER,
  duration_ms INTEGER,
  rating REAL,
  thumb BLOB,
  added_at INTEGER NOT NULL
);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  item_id INTEGER NOT NULL REFERENCES items (id),
  started INTEGER NOT NULL,
  stopped INTEGER,
  paused_seconds INTEGER NOT NULL DEFAULT 0,
  platform TEXT,
  player TEXT,
  ip_address TEXT,
  "isLocal" INTEGER NOT NULL DEFAULT 1,
  percent_complete REAL NOT NULL DEFAULT 0.0
);

CREATE TABLE stream_details (
  session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  container TEXT,
  "videoDecision" TEXT NOT NULL DEFAULT 'direct play',
  "audioDecision" TEXT NOT NULL DEFAULT 'direct play',
  bitrate INTEGER,
  width INTEGER,
  height INTEGER,
  frame_rate REAL,
  subtitle_language TEXT
);

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

CREATE TABLE "Settings" (
  section TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY (section, name)
);
