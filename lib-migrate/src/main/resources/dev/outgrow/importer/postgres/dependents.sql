-- What stays where it is while the tables, views and sequences of a schema move, and would go on using them: it is
-- tied to them by their number and not by their name.
WITH moved AS (
  SELECT c.oid, c.relname, c.reltype, c.relnamespace
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ?
     AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
     AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid
                        AND e.deptype = 'e')),
tied AS (
  SELECT d.classid, d.objid, d.objsubid, m.relname AS uses
    FROM moved m
    JOIN pg_catalog.pg_depend d
      ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = m.oid
  UNION
  SELECT d.classid, d.objid, d.objsubid, m.relname
    FROM moved m
    JOIN pg_catalog.pg_depend d
      ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND m.reltype <> 0 AND d.refobjid = m.reltype),
user_of AS (
  SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'rule' END AS kind,
         r.ev_class AS relation, '' AS part, t.uses
    FROM tied t
    JOIN pg_catalog.pg_rewrite r ON t.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = t.objid
    JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
  UNION
  SELECT 'foreign key', o.conrelid, o.conname, t.uses
    FROM tied t
    JOIN pg_catalog.pg_constraint o
      ON t.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND o.oid = t.objid AND o.contype = 'f'
  UNION
  SELECT 'policy', p.polrelid, p.polname, t.uses
    FROM tied t
    JOIN pg_catalog.pg_policy p ON t.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND p.oid = t.objid
  UNION
  SELECT 'default', a.adrelid, '', t.uses
    FROM tied t
    JOIN pg_catalog.pg_attrdef a ON t.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND a.oid = t.objid
  UNION
  SELECT CASE WHEN t.objsubid > 0 THEN 'column of its type' ELSE 'child table' END, c.oid, '', t.uses
    FROM tied t
    JOIN pg_catalog.pg_class c
      ON t.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = t.objid
         AND c.relkind IN ('r', 'p', 'f', 'c', 'm', 'v')
  UNION
  SELECT 'parent table', i.inhparent, '', m.relname
    FROM moved m
    JOIN pg_catalog.pg_inherits i ON i.inhrelid = m.oid)
SELECT u.kind, n.nspname || '.' || c.relname || CASE u.part WHEN '' THEN '' ELSE '.' || u.part END AS name, u.uses
  FROM user_of u
  JOIN pg_catalog.pg_class c ON c.oid = u.relation
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE u.relation NOT IN (SELECT oid FROM moved)
UNION
SELECT 'function', n.nspname || '.' || p.proname, t.uses
  FROM tied t
  JOIN pg_catalog.pg_proc p ON t.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = t.objid
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE n.oid NOT IN (SELECT relnamespace FROM moved)
UNION
SELECT 'domain', n.nspname || '.' || y.typname, t.uses
  FROM tied t
  JOIN pg_catalog.pg_type y
    ON t.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND y.oid = t.objid AND y.typtype = 'd'
  JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
 ORDER BY 2, 1, 3
