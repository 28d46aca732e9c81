-- Made on demand. Whoever changes a column changes the question in JournalTables as well. No foreign keys: who lists those
-- of a database means the application's.
CREATE TABLE outgrow.import_journal (
  id text PRIMARY KEY,
  target text NOT NULL,
  staging text NOT NULL,
  before text NOT NULL,
  rejects text NOT NULL,
  mode text NOT NULL,
  source text NOT NULL,
  fingerprint text NOT NULL,
  options text NOT NULL,
  plan text NOT NULL DEFAULT '',
  state text NOT NULL,
  note text NOT NULL DEFAULT '',
  program text NOT NULL,
  started timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  ended timestamp with time zone,
  swapped json
);
COMMENT ON TABLE outgrow.import_journal IS 'One row for each import of Outgrow into this database';
CREATE TABLE outgrow.import_journal_table (
  import text NOT NULL,
  source text NOT NULL,
  target text NOT NULL,
  definition text NOT NULL,
  choice text NOT NULL,
  row_count bigint NOT NULL,
  byte_count bigint NOT NULL,
  checksum text NOT NULL,
  plain text[] NOT NULL,
  reasons text[] NOT NULL,
  loaded timestamp with time zone NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  verified boolean NOT NULL DEFAULT false,
  PRIMARY KEY (import, source)
);
CREATE TABLE outgrow.import_journal_step (
  import text NOT NULL,
  step text NOT NULL,
  PRIMARY KEY (import, step)
);
