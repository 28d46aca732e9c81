CREATE EXTENSION IF NOT EXISTS plpgsql;
CREATE TYPE mood AS ENUM ('glad', 'sad', 'so so', 'so-so');
CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);
CREATE TYPE place AS (street text, number integer);
CREATE TABLE visits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  local_at timestamp,
  on_day date,
  mood mood NOT NULL DEFAULT 'glad',
  done percent,
  data jsonb,
  raw bytea NOT NULL,
  tags text[],
  price numeric(10, 2),
  key uuid UNIQUE,
  "from" place,
  doubled integer GENERATED ALWAYS AS (2) STORED
);
COMMENT ON TABLE visits IS 'Who was where. */ C:\users\x ends nothing';
COMMENT ON COLUMN visits.at IS 'The moment';
CREATE TABLE readings (at date NOT NULL, value double precision) PARTITION BY RANGE (at);
CREATE TABLE readings_2026 PARTITION OF readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW glad_visits AS SELECT id, at FROM visits WHERE mood = 'glad';
CREATE MATERIALIZED VIEW visit_days AS SELECT on_day, count(*) AS number FROM visits GROUP BY on_day;
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2 * n';
CREATE SEQUENCE tickets;
CREATE SCHEMA audit;
CREATE TABLE audit.entries (id bigint PRIMARY KEY, visit bigint REFERENCES visits (id));
