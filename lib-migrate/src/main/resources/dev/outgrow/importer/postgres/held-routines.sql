-- Functions of a schema that belong to no extension. Those move that only triggers of this schema call, and those
-- that PostgreSQL ties to tables there: by the type of an argument, or by a body that it has understood. Of the
-- others, those without arguments are told, since the name of a new one may be theirs.
-- Parameters: the schema; which of them: moves, stays or all.
SELECT r.kind, r.name, r.arguments
  FROM (SELECT CASE WHEN p.pronargs = 0 AND p.prokind = 'f' THEN 'FUNCTION' ELSE 'ROUTINE' END AS kind,
               p.proname AS name,
               pg_catalog.pg_get_function_identity_arguments(p.oid) AS arguments,
               p.pronargs = 0 AS bare,
               NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                            WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                              AND e.objid = p.oid AND e.deptype = 'e')
               AND (p.prokind = 'f' AND coalesce(u.here, false)
                    OR EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                                 JOIN pg_catalog.pg_class c
                                   ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = d.refobjid
                                      OR d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
                                         AND c.reltype = d.refobjid
                                WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
                                  AND c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
                                  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                                                   WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                                     AND e.objid = c.oid AND e.deptype = 'e'))) AS moves
          FROM pg_catalog.pg_proc p
          JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
          LEFT JOIN LATERAL (SELECT bool_and(c.relnamespace = n.oid) AS here
                               FROM pg_catalog.pg_trigger t
                               JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
                              WHERE t.tgfoid = p.oid) u ON true
         WHERE n.nspname = ?) AS r
 WHERE CASE ? WHEN 'all' THEN true WHEN 'moves' THEN r.moves ELSE NOT r.moves AND r.bare END
 ORDER BY r.name, r.arguments
