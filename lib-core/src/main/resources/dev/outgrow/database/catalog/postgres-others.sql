-- One row per object that is only named. Every branch says which catalogue its row is of, so that what belongs to an
-- extension is left out once for all.
WITH space AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ?),
named AS (
  SELECT 'pg_catalog.pg_type'::regclass AS catalogue, t.oid, 'ENUM' AS kind, NULL::text AS table_name,
         t.typname::text AS name,
         (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
          FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid) AS definition
  FROM pg_catalog.pg_type t
  WHERE t.typnamespace = (TABLE space) AND t.typtype = 'e'
  UNION ALL
  SELECT 'pg_catalog.pg_type'::regclass, t.oid, 'DOMAIN', NULL, t.typname,
         pg_catalog.concat_ws(' ',
           pg_catalog.format_type(t.typbasetype, t.typtypmod),
           CASE WHEN t.typdefault IS NOT NULL THEN 'DEFAULT ' || t.typdefault END,
           CASE WHEN t.typnotnull THEN 'NOT NULL' END,
           (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(o.oid), ' ' ORDER BY o.conname)
            FROM pg_catalog.pg_constraint o WHERE o.contypid = t.oid AND o.contype = 'c'))
  FROM pg_catalog.pg_type t
  WHERE t.typnamespace = (TABLE space) AND t.typtype = 'd'
  UNION ALL
  SELECT 'pg_catalog.pg_type'::regclass, t.oid, 'RANGE', NULL, t.typname,
         'of ' || pg_catalog.format_type(r.rngsubtype, NULL)
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
  WHERE t.typnamespace = (TABLE space)
  UNION ALL
  SELECT 'pg_catalog.pg_class'::regclass, c.oid,
         CASE WHEN c.relispartition THEN 'PARTITION' WHEN c.relkind = 'c' THEN 'COMPOSITE' ELSE 'FOREIGN_TABLE' END,
         p.relname, c.relname,
         CASE WHEN c.relispartition
              THEN pg_catalog.concat_ws(' ', pg_catalog.pg_get_expr(c.relpartbound, c.oid),
                'PARTITION BY ' || pg_catalog.pg_get_partkeydef(c.oid))
              ELSE pg_catalog.concat_ws(' ',
                (SELECT '(' || pg_catalog.string_agg(
                   pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod),
                   ', ' ORDER BY a.attnum) || ')'
                 FROM pg_catalog.pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
                'SERVER ' || (SELECT pg_catalog.quote_ident(v.srvname)
                 FROM pg_catalog.pg_foreign_table f
                 JOIN pg_catalog.pg_foreign_server v ON v.oid = f.ftserver
                 WHERE f.ftrelid = c.oid)) END
  FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = c.oid AND c.relispartition
  LEFT JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
  WHERE c.relnamespace = (TABLE space)
    AND (c.relkind IN ('c', 'f') OR c.relispartition AND c.relkind IN ('r', 'p'))
  UNION ALL
  SELECT 'pg_catalog.pg_class'::regclass, c.oid, 'EXCLUSION', c.relname, o.conname,
         pg_catalog.pg_get_constraintdef(o.oid)
  FROM pg_catalog.pg_constraint o
  JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
  WHERE c.relnamespace = (TABLE space) AND o.contype = 'x' AND o.conparentid = 0
  UNION ALL
  SELECT 'pg_catalog.pg_proc'::regclass, p.oid,
         CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END, NULL,
         p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
         CASE WHEN p.prokind = 'a' THEN 'RETURNS ' || pg_catalog.format_type(p.prorettype, NULL)
              ELSE pg_catalog.pg_get_functiondef(p.oid) END
  FROM pg_catalog.pg_proc p
  WHERE p.pronamespace = (TABLE space)
    -- A range type brings its own.
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend i
      WHERE i.classid = 'pg_catalog.pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')
  UNION ALL
  SELECT 'pg_catalog.pg_class'::regclass, c.oid, 'RULE', c.relname, w.rulename, pg_catalog.pg_get_ruledef(w.oid)
  FROM pg_catalog.pg_rewrite w
  JOIN pg_catalog.pg_class c ON c.oid = w.ev_class
  WHERE c.relnamespace = (TABLE space) AND w.rulename <> '_RETURN'
  UNION ALL
  SELECT 'pg_catalog.pg_class'::regclass, c.oid, 'POLICY', c.relname, y.polname,
         pg_catalog.concat_ws(' ',
           CASE WHEN NOT y.polpermissive THEN 'RESTRICTIVE' END,
           'FOR ' || CASE y.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                   WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
           'USING (' || pg_catalog.pg_get_expr(y.polqual, y.polrelid) || ')',
           'WITH CHECK (' || pg_catalog.pg_get_expr(y.polwithcheck, y.polrelid) || ')')
  FROM pg_catalog.pg_policy y
  JOIN pg_catalog.pg_class c ON c.oid = y.polrelid
  WHERE c.relnamespace = (TABLE space)
  UNION ALL
  SELECT 'pg_catalog.pg_class'::regclass, c.oid, 'ROW_SECURITY', c.relname, 'row level security',
         CASE WHEN c.relrowsecurity THEN 'ENABLED' ELSE 'DISABLED' END || CASE WHEN c.relforcerowsecurity THEN ', FORCED' ELSE '' END
  FROM pg_catalog.pg_class c
  WHERE c.relnamespace = (TABLE space) AND (c.relrowsecurity OR c.relforcerowsecurity))
SELECT named.kind, named.table_name, named.name, coalesce(named.definition, '') AS definition
FROM named
WHERE NOT EXISTS (
  SELECT FROM pg_catalog.pg_depend e
  WHERE e.classid = named.catalogue AND e.objid = named.oid AND e.deptype = 'e')
