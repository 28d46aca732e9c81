CREATE TABLE visits (
  id INTEGER PRIMARY KEY,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  number INT,
  weight REAL,
  mood TEXT NOT NULL CHECK (mood IN ('glad', 'sad')),
  raw BLOB
);
CREATE VIEW glad_visits AS SELECT id, at FROM visits WHERE mood = 'glad';
CREATE VIRTUAL TABLE notes USING fts5 (body);
