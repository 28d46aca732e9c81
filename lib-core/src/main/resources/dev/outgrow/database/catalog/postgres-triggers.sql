-- One row per trigger that somebody created: neither those that keep constraints nor the copies on partitions. Whether it
-- fires is told by a second statement, where it is not as a new trigger is.
SELECT g.tgname AS name,
       c.relname AS table_name,
       pg_catalog.pg_get_triggerdef(g.oid) || CASE WHEN g.tgenabled <> 'O' THEN
         '; ALTER TABLE ' || c.oid::regclass
         || CASE g.tgenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS' END
         || ' TRIGGER ' || pg_catalog.quote_ident(g.tgname) ELSE '' END AS sql
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
