CREATE TABLE "Settings" (
  section TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY (section, name)
);
