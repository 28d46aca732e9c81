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
