-- Publications that name a table of one schema whose name another schema's table takes: they publish that one then.
SELECT n.relname AS name,
       'publication ' || p.pubname AS what,
       pg_catalog.format('ALTER PUBLICATION %I ADD TABLE %I.%I%s%s', p.pubname, t.nspname, n.relname,
                         /*columns*/'', /*rows*/'') AS sql,
       pg_catalog.format('ALTER PUBLICATION %I DROP TABLE %I.%I', p.pubname, b.name, n.relname) AS then,
       false AS must, '' AS why
  FROM (VALUES (CAST(? AS text))) b (name), pg_catalog.pg_namespace t, pg_catalog.pg_namespace s,
       pg_catalog.pg_class n, pg_catalog.pg_class o, pg_catalog.pg_publication_rel r, pg_catalog.pg_publication p
 WHERE t.nspname = ? AND s.nspname = ?
   AND n.relnamespace = s.oid AND n.relkind IN ('r', 'p')
   AND o.relnamespace = t.oid AND o.relname = n.relname AND r.prrelid = o.oid AND p.oid = r.prpubid
 ORDER BY p.pubname, n.relname
