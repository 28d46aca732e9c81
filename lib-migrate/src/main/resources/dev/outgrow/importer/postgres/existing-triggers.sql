-- One row per trigger somebody made that is not switched off, with the state it is to go back to.
SELECT c.relname AS table_name, g.tgname AS name, g.tgenabled AS state
FROM pg_catalog.pg_trigger g
JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ?
  AND c.relkind IN ('r', 'p')
  AND NOT c.relispartition
  AND NOT g.tgisinternal
  AND g.tgenabled <> 'D'
ORDER BY c.relname, g.tgname
