-- One row per column of every ordinary and partitioned table: its type, what is under its domains, and the sequence that
-- numbers it, whether it is an identity, serial, or names a sequence in its default.
WITH RECURSIVE base (oid, under, modifier) AS (
  SELECT t.oid, t.oid, -1 FROM pg_catalog.pg_type t
  UNION ALL
  SELECT b.oid, t.typbasetype, GREATEST(b.modifier, t.typtypmod)
  FROM base b
  JOIN pg_catalog.pg_type t ON t.oid = b.under
  WHERE t.typtype = 'd'
)
SELECT c.relname AS table_name,
       a.attname AS column_name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       pg_catalog.format_type(u.oid, NULL) AS base,
       GREATEST(a.atttypmod, b.modifier) AS modifier,
       u.typcategory AS category,
       u.oid <> a.atttypid AS domain,
       s.schema AS sequence_schema,
       s.name AS sequence_name
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN base b ON b.oid = a.atttypid
JOIN pg_catalog.pg_type u ON u.oid = b.under AND u.typtype <> 'd'
LEFT JOIN LATERAL (
  SELECT m.nspname AS schema, q.relname AS name
  FROM (
    SELECT 1 AS place, d.refobjid AS oid
    FROM pg_catalog.pg_attrdef f
    JOIN pg_catalog.pg_depend d
      ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid
         AND d.refclassid = 'pg_catalog.pg_class'::regclass
    WHERE f.adrelid = c.oid AND f.adnum = a.attnum
    UNION ALL
    SELECT 2, d.objid
    FROM pg_catalog.pg_depend d
    WHERE d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
      AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')) AS x
  JOIN pg_catalog.pg_class q ON q.oid = x.oid AND q.relkind = 'S'
  JOIN pg_catalog.pg_namespace m ON m.oid = q.relnamespace
  ORDER BY x.place, q.oid
  LIMIT 1) s ON true
WHERE n.nspname = ?
  AND c.relkind IN ('r', 'p')
  AND NOT c.relispartition
ORDER BY c.relname, a.attnum
