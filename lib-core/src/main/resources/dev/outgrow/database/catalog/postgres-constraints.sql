-- One row per primary key, UNIQUE, foreign key and CHECK. Since PostgreSQL 18 the catalogue has NOT NULL constraints,
-- too ('n'), which the columns tell already; a foreign key on a partitioned table has a child per partition.
SELECT o.conrelid AS oid,
       o.contype AS kind,
       o.conname AS name,
       ARRAY(
         SELECT a.attname::text
         FROM pg_catalog.unnest(o.conkey) WITH ORDINALITY AS k (number, place)
         JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.number
         ORDER BY k.place) AS columns,
       -- A table of another schema is written with its schema.
       CASE WHEN r.relnamespace = n.oid THEN r.relname::text
            WHEN r.oid IS NOT NULL THEN m.nspname || '.' || r.relname END AS referenced_table,
       ARRAY(
         SELECT a.attname::text
         FROM pg_catalog.unnest(o.confkey) WITH ORDINALITY AS k (number, place)
         JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.number
         ORDER BY k.place) AS referenced_columns,
       o.confdeltype AS on_delete,
       o.confupdtype AS on_update,
       o.condeferrable AS deferrable,
       o.condeferred AS deferred,
       o.confmatchtype AS match,
       o.convalidated AS validated,
       -- A column of the catalogue since PostgreSQL 15.
       (SELECT pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' = 'true'
        FROM pg_catalog.pg_index i WHERE i.indexrelid = o.conindid) AS nulls_equal,
       pg_catalog.pg_get_expr(o.conbin, o.conrelid) AS expression
FROM pg_catalog.pg_constraint o
JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class r ON r.oid = o.confrelid
LEFT JOIN pg_catalog.pg_namespace m ON m.oid = r.relnamespace
WHERE n.nspname = ?
  AND o.contype IN ('p', 'u', 'f', 'c')
  AND o.conparentid = 0
ORDER BY o.conrelid, o.conname
