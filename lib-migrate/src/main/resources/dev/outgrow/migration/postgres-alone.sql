-- What stands alone in the current schema, and nothing but these tables uses: functions of their triggers, types of their columns.
WITH doomed AS (
  SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = pg_catalog.current_schema() AND c.relname = ANY (?)
),
columns AS (
  SELECT a.attrelid, CASE WHEN t.typelem <> 0 AND t.typlen = -1 THEN t.typelem ELSE t.oid END AS type
  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  WHERE NOT a.attisdropped AND a.attnum > 0
)
SELECT 'function ' || p.oid::regprocedure::text AS what
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = pg_catalog.current_schema()
  AND EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgfoid = p.oid AND t.tgrelid IN (SELECT oid FROM doomed))
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger t WHERE t.tgfoid = p.oid AND t.tgrelid NOT IN (SELECT oid FROM doomed))
UNION
SELECT 'type ' || pg_catalog.format_type(y.oid, NULL)
FROM pg_catalog.pg_type y JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
LEFT JOIN pg_catalog.pg_class r ON r.oid = y.typrelid
WHERE n.nspname = pg_catalog.current_schema()
  AND (y.typtype IN ('e', 'd') OR (y.typtype = 'c' AND r.relkind = 'c'))
  AND EXISTS (SELECT FROM columns c WHERE c.type = y.oid AND c.attrelid IN (SELECT oid FROM doomed))
  AND NOT EXISTS (
    SELECT FROM columns c JOIN pg_catalog.pg_class k ON k.oid = c.attrelid AND k.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
    WHERE c.type = y.oid AND c.attrelid NOT IN (SELECT oid FROM doomed))
ORDER BY what
