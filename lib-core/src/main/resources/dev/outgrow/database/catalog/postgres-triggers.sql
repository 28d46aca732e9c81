-- One row per trigger that somebody created: neither those that keep constraints nor the copies on partitions.
SELECT g.tgname AS name,
       c.relname AS table_name,
       pg_catalog.pg_get_triggerdef(g.oid) AS sql
FROM pg_catalog.pg_trigger g
JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ?
  AND NOT g.tgisinternal
  AND g.tgparentid = 0
  AND NOT c.relispartition
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend e
    WHERE e.deptype = 'e'
      AND ((e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid)
        OR (e.classid = 'pg_catalog.pg_trigger'::regclass AND e.objid = g.oid)))
ORDER BY c.oid, g.tgname
