-- One row per foreign key that begins or ends in the schema, with all that is needed to make it again as it was.
SELECT n.nspname AS schema,
       c.relname AS table_name,
       o.conname AS name,
       pg_catalog.pg_get_constraintdef(o.oid) AS definition,
       pg_catalog.obj_description(o.oid, 'pg_constraint') AS comment,
       m.nspname AS referenced_schema,
       r.relname AS referenced_table,
       ARRAY(
         SELECT a.attname::text
         FROM pg_catalog.unnest(o.conkey) WITH ORDINALITY AS k (number, place)
         JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.number
         ORDER BY k.place) AS columns,
       ARRAY(
         SELECT a.attname::text
         FROM pg_catalog.unnest(o.confkey) WITH ORDINALITY AS k (number, place)
         JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.number
         ORDER BY k.place) AS referenced_columns
FROM pg_catalog.pg_constraint o
JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class r ON r.oid = o.confrelid
JOIN pg_catalog.pg_namespace m ON m.oid = r.relnamespace
WHERE o.contype = 'f'
  AND o.conparentid = 0
  AND (n.nspname = ? OR m.nspname = ?)
ORDER BY n.nspname, c.relname, o.conname
