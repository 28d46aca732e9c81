-- One row per view or materialised view.
SELECT c.relname AS name,
       pg_catalog.pg_get_viewdef(c.oid) AS sql,
       c.relkind = 'm' AS materialized
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ?
  AND c.relkind IN ('v', 'm')
  AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend e
    WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY c.oid
