-- What tables and views of the target have that stay for those of the staging schema that take their names: one
-- statement each, to be run when these are in their places; without one, it cannot be had. Whatever is put together
-- here is quoted by the server.
WITH place AS (
  SELECT t.oid AS target, s.oid AS staging, t.nspname AS schema_name, b.name AS before_name
    FROM pg_catalog.pg_namespace t, pg_catalog.pg_namespace s, (VALUES (CAST(? AS text))) b (name)
   WHERE t.nspname = ? AND s.nspname = ?),
former AS (
  SELECT o.*
    FROM place p
    JOIN pg_catalog.pg_class o ON o.relnamespace = p.target
   WHERE o.relkind IN ('r', 'p', 'v', 'm', 'f')
     AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = o.oid
                        AND e.deptype = 'e')),
-- What is new gets the owner that all the others have, if they have one.
common AS (SELECT min(relowner) AS owner FROM former HAVING count(DISTINCT relowner) = 1),
staged AS (
  SELECT n.oid, n.relname AS name, n.relkind AS kind, n.relowner, n.relacl AS acl, o.oid AS old, o.relkind AS old_kind,
         o.relacl AS old_acl, coalesce(o.relowner, c.owner, n.relowner) AS owner, o.reloptions AS options,
         o.relrowsecurity AS secure, o.relforcerowsecurity AS forced, o.relreplident AS identity,
         o.reltablespace AS space, n.reltablespace AS new_space, o.relkind IN ('r', 'p') AND n.relkind = 'r' AS tables,
         pg_catalog.format('%I.%I', p.schema_name, n.relname) AS full_name,
         pg_catalog.format('%I.%I', p.before_name, n.relname) AS old_name, p.target
    FROM place p
    JOIN pg_catalog.pg_class n ON n.relnamespace = p.staging AND n.relkind IN ('r', 'v')
    LEFT JOIN former o ON o.relname = n.relname
    LEFT JOIN common c ON true),
col AS (
  SELECT s.oid, s.old, s.name, s.full_name, s.tables, n.attname, n.attnum, o.attnum AS old_attnum, o.attacl,
         o.attstattarget AS statistics
    FROM staged s
    JOIN pg_catalog.pg_attribute n ON n.attrelid = s.oid AND n.attnum > 0 AND NOT n.attisdropped
    JOIN pg_catalog.pg_attribute o ON o.attrelid = s.old AND o.attname = n.attname AND NOT o.attisdropped
                                  AND o.attnum > 0),
sequence AS (
  SELECT d.refobjid AS relation, d.refobjsubid AS attnum, q.oid, q.relname, q.relacl
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_class q ON q.oid = d.objid AND q.relkind = 'S'
   WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
     AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass),
-- A right, who has it, and on what: in the words of GRANT.
granted AS (
  SELECT 22 AS place, s.name, 'TABLE ' || s.full_name AS on_what, '' AS columns, a.*
    FROM staged s, LATERAL pg_catalog.aclexplode(coalesce(s.old_acl, pg_catalog.acldefault('r', s.owner))) a
   WHERE s.old IS NOT NULL AND (s.acl IS NOT NULL OR s.old_acl IS NOT NULL)
  UNION ALL
  SELECT 23, s.name, 'TABLE ' || s.full_name, '', a.*
    FROM staged s
    JOIN pg_catalog.pg_default_acl d
      ON d.defaclnamespace = s.target AND d.defaclrole = s.owner AND d.defaclobjtype = 'r', LATERAL
         pg_catalog.aclexplode(d.defaclacl) a
   WHERE s.old IS NULL
  UNION ALL
  SELECT 24, c.name, 'TABLE ' || c.full_name, pg_catalog.format(' (%I)', c.attname), a.*
    FROM col c, LATERAL pg_catalog.aclexplode(c.attacl) a
  UNION ALL
  SELECT 25, c.name, pg_catalog.format('SEQUENCE %I.%I', p.schema_name, q.relname), '', a.*
    FROM place p, col c
    JOIN sequence q ON q.relation = c.oid AND q.attnum = c.attnum
    JOIN sequence o ON o.relation = c.old AND o.attnum = c.old_attnum, LATERAL pg_catalog.aclexplode(o.relacl) a
  UNION ALL
  SELECT 26, s.name, pg_catalog.format('SEQUENCE %I.%I', p.schema_name, q.relname), '', a.*
    FROM place p, staged s
    JOIN sequence q ON q.relation = s.oid
    JOIN pg_catalog.pg_default_acl d
      ON d.defaclnamespace = s.target AND d.defaclrole = s.owner AND d.defaclobjtype = 'S', LATERAL
         pg_catalog.aclexplode(d.defaclacl) a
   WHERE s.old IS NULL),
-- What has more than two rows of text in one: place, table, what, statement, whether it must be had, why it cannot.
property AS (
  SELECT 10 AS place, s.name, 'owner' AS what,
         pg_catalog.format('ALTER TABLE %s OWNER TO %I', s.full_name, pg_catalog.pg_get_userbyid(s.owner)) AS sql,
         false AS must, '' AS why
    FROM staged s
   WHERE s.owner <> s.relowner
  UNION ALL
  SELECT 21, s.name, 'grants',
         pg_catalog.format('REVOKE ALL ON TABLE %s FROM %s', s.full_name,
                           pg_catalog.string_agg(DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC'
                             WHEN s.relowner THEN pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(s.owner))
                             ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END, ', ')),
         false, ''
    FROM staged s, LATERAL pg_catalog.aclexplode(coalesce(s.acl, pg_catalog.acldefault('r', s.relowner))) a
   WHERE s.old IS NOT NULL AND (s.acl IS NOT NULL OR s.old_acl IS NOT NULL)
   GROUP BY s.name, s.full_name
  UNION ALL
  SELECT g.place, g.name, 'grant to ' || CASE g.grantee WHEN 0 THEN 'PUBLIC'
                                           ELSE pg_catalog.pg_get_userbyid(g.grantee) END,
         pg_catalog.format('GRANT %s ON %s TO %s%s',
                           pg_catalog.string_agg(g.privilege_type || g.columns, ', ' ORDER BY g.privilege_type, g.columns),
                           g.on_what,
                           CASE g.grantee WHEN 0 THEN 'PUBLIC'
                             ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END,
                           CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END),
         false, ''
    FROM granted g
   GROUP BY g.place, g.name, g.on_what, g.grantee, g.is_grantable
  UNION ALL
  SELECT 30, s.name, 'comment',
         pg_catalog.format('COMMENT ON %s %s IS %L', CASE s.kind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, s.full_name,
                           pg_catalog.obj_description(s.old, 'pg_class')),
         false, ''
    FROM staged s
   WHERE pg_catalog.obj_description(s.old, 'pg_class') IS NOT NULL
  UNION ALL
  SELECT 31, c.name, 'comment of column ' || c.attname,
         pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L', c.full_name, c.attname,
                           pg_catalog.col_description(c.old, c.old_attnum)),
         false, ''
    FROM col c
   WHERE pg_catalog.col_description(c.old, c.old_attnum) IS NOT NULL
  UNION ALL
  SELECT 32, c.name, 'statistics of column ' || c.attname,
         pg_catalog.format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', c.full_name, c.attname, c.statistics),
         false, ''
    FROM col c
   WHERE c.tables AND c.statistics >= 0
  UNION ALL
  SELECT 33, s.name, 'option ' || pg_catalog.split_part(o.setting, '=', 1),
         pg_catalog.format('ALTER TABLE %s SET (%s = %L)', s.full_name, pg_catalog.split_part(o.setting, '=', 1),
                           pg_catalog.substr(o.setting, pg_catalog.strpos(o.setting, '=') + 1)),
         false, ''
    FROM staged s, LATERAL pg_catalog.unnest(s.options) o (setting)
   WHERE s.tables OR s.kind = 'v' AND s.old_kind = 'v'
  UNION ALL
  SELECT 34, s.name, 'replica identity',
         CASE s.identity WHEN 'f' THEN pg_catalog.format('ALTER TABLE %s REPLICA IDENTITY FULL', s.full_name)
                         WHEN 'n' THEN pg_catalog.format('ALTER TABLE %s REPLICA IDENTITY NOTHING', s.full_name)
                         ELSE pg_catalog.format('ALTER TABLE %s REPLICA IDENTITY USING INDEX %I', s.full_name,
                                coalesce((SELECT x.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x
                                   ON x.oid = i.indexrelid WHERE i.indrelid = s.old AND i.indisreplident), '')) END,
         false, ''
    FROM staged s
   WHERE s.tables AND s.identity IN ('f', 'n', 'i')
  UNION ALL
  SELECT 40, s.name, 'row security',
         pg_catalog.format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', s.full_name), true, ''
    FROM staged s
   WHERE s.tables AND s.secure
  UNION ALL
  SELECT 41, s.name, 'forced row security',
         pg_catalog.format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', s.full_name), true, ''
    FROM staged s
   WHERE s.tables AND s.forced
  UNION ALL
  SELECT 42, s.name, 'policy ' || p.polname,
         pg_catalog.format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, s.full_name,
           CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
           CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
             ELSE 'ALL' END,
           (SELECT pg_catalog.string_agg(CASE r.role WHEN 0 THEN 'PUBLIC'
                     ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r.role)) END, ', ')
              FROM pg_catalog.unnest(p.polroles) r (role)),
           coalesce(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', ''),
           coalesce(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')),
         NOT p.polpermissive, ''
    FROM staged s
    JOIN pg_catalog.pg_policy p ON p.polrelid = s.old
   WHERE s.tables
  UNION ALL
  SELECT 60, s.name, 'tablespace ' || t.spcname, NULL, false,
         'it is in the default one; to move it rewrites it'
    FROM staged s
    JOIN pg_catalog.pg_tablespace t ON t.oid = s.space
   WHERE s.tables AND s.space <> s.new_space
  UNION ALL
  SELECT 61, s.name, 'trigger ' || t.tgname, NULL, false, 'it is with the former table'
    FROM staged s
    JOIN pg_catalog.pg_trigger t ON t.tgrelid = s.old AND NOT t.tgisinternal
   WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger n WHERE n.tgrelid = s.oid AND n.tgname = t.tgname)
  UNION ALL
  SELECT 62, s.name, 'rule ' || r.rulename, NULL, false, 'it is with the former table'
    FROM staged s
    JOIN pg_catalog.pg_rewrite r ON r.ev_class = s.old AND r.rulename <> '_RETURN'
  UNION ALL
  SELECT 63, s.name, 'statistics ' || x.stxname, NULL, false, 'they are with the former table'
    FROM staged s
    JOIN pg_catalog.pg_statistic_ext x ON x.stxrelid = s.old)
SELECT name, what, sql, NULL AS then, must, why
  FROM property
 ORDER BY place, name, what, sql
