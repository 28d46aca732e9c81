-- One row per part of an index that no constraint brought along. An index that is not valid (a broken
-- CREATE INDEX CONCURRENTLY) holds nothing true and is left out; columns that are only included are no part of the key.
SELECT i.indrelid AS oid,
       x.relname AS name,
       i.indisunique AS is_unique,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
       a.attname AS column_name,
       CASE WHEN i.indkey[k.place - 1] = 0
            THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.place, false) END AS expression,
       -- The first bit says that the part is sorted downwards.
       i.indoption[k.place - 1] & 1 = 1 AS descending,
       -- The second that nulls come first, which they do by themselves where it is sorted downwards.
       CASE i.indoption[k.place - 1] & 3 WHEN 2 THEN 'FIRST' WHEN 1 THEN 'LAST' END AS nulls,
       CASE WHEN l.collname <> 'default' THEN l.collname END AS collation,
       CASE WHEN NOT o.opcdefault THEN o.opcname END AS operator_class,
       m.amname AS method,
       ARRAY(
         SELECT b.attname::text
         FROM pg_catalog.generate_series(i.indnkeyatts + 1, i.indnatts::int) AS j (place)
         JOIN pg_catalog.pg_attribute b ON b.attrelid = i.indrelid AND b.attnum = i.indkey[j.place - 1]
         ORDER BY j.place) AS included,
       -- A column of the catalogue since PostgreSQL 15.
       coalesce(pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' = 'true', false) AS nulls_equal
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = x.relam
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_catalog.generate_series(1, i.indnkeyatts::int) AS k (place)
LEFT JOIN pg_catalog.pg_attribute a
  ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place - 1] AND a.attnum <> 0
LEFT JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[k.place - 1]
LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[k.place - 1]
WHERE n.nspname = ?
  AND i.indisvalid
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_constraint o
    WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, x.oid, k.place
