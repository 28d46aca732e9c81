-- Whatever there is outside of two schemas that could go with something in them: a line each.
WITH there AS (
  SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
   WHERE n.nspname NOT IN (?, ?)
     AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')
SELECT CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence '
                      WHEN 'i' THEN 'index ' WHEN 'I' THEN 'index ' ELSE 'table ' END || t.nspname || '.' || c.relname
  FROM there t
  JOIN pg_catalog.pg_class c ON c.relnamespace = t.oid
UNION ALL
SELECT 'column ' || t.nspname || '.' || c.relname || '.' || a.attname
  FROM there t
  JOIN pg_catalog.pg_class c ON c.relnamespace = t.oid AND c.relkind IN ('r', 'p', 'f', 'c')
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'default of ' || t.nspname || '.' || c.relname || '.' || a.attname
  FROM there t
  JOIN pg_catalog.pg_class c ON c.relnamespace = t.oid
  JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum
UNION ALL
SELECT 'constraint ' || t.nspname || '.' || c.relname || '.' || o.conname
  FROM there t
  JOIN pg_catalog.pg_class c ON c.relnamespace = t.oid
  JOIN pg_catalog.pg_constraint o ON o.conrelid = c.oid
UNION ALL
SELECT 'trigger ' || t.nspname || '.' || c.relname || '.' || g.tgname
  FROM there t
  JOIN pg_catalog.pg_class c ON c.relnamespace = t.oid
  JOIN pg_catalog.pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal
UNION ALL
SELECT 'rule ' || t.nspname || '.' || c.relname || '.' || r.rulename
  FROM there t
  JOIN pg_catalog.pg_class c ON c.relnamespace = t.oid
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'
UNION ALL
SELECT 'policy ' || t.nspname || '.' || c.relname || '.' || p.polname
  FROM there t
  JOIN pg_catalog.pg_class c ON c.relnamespace = t.oid
  JOIN pg_catalog.pg_policy p ON p.polrelid = c.oid
UNION ALL
SELECT 'function ' || t.nspname || '.' || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')'
  FROM there t
  JOIN pg_catalog.pg_proc p ON p.pronamespace = t.oid
UNION ALL
SELECT 'type ' || t.nspname || '.' || y.typname
  FROM there t
  JOIN pg_catalog.pg_type y ON y.typnamespace = t.oid AND y.typtype IN ('d', 'e', 'r')
