package dev.outgrow.backup;

import java.util.List;

/**
 * Questions to PostgreSQL's catalogue whose answers are statements that make what is there again.
 * They are asked with an empty {@code search_path}, so that every name in an answer has its schema.
 * What none of them answers is found by {@link #NOT_CARRIED}.
 */
final class CatalogueSql {
  /** A namespace {@code n} of the application's. */
  private static final String OURS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

  /** That the thing of this catalogue and alias belongs to no extension. */
  private static String own(String catalogue, String alias) {
    return OURS
        + " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_catalog."
        + catalogue
        + "'::regclass AND d.objid = "
        + alias
        + ".oid AND d.deptype = 'e') ";
  }

  private static final String TABLES =
      " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind IN ('r', 'p') AND "
          + own("pg_class", "c");

  private static final String OPTIONS =
      "coalesce(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')";

  /** What is made before the rows are loaded, in an order in which most of it can be. */
  static final List<String> BEFORE =
      List.of(
          "SELECT format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname)"
              + " FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
              + " WHERE e.extname <> 'plpgsql' ORDER BY e.oid",
          "SELECT format('CREATE SCHEMA %I', n.nspname) FROM pg_namespace n WHERE "
              + own("pg_namespace", "n")
              + "ORDER BY n.oid",
          "SELECT format('CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,"
              + " (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)"
              + " FROM pg_enum e WHERE e.enumtypid = t.oid))"
              + " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
              + " WHERE t.typtype = 'e' AND "
              + own("pg_type", "t")
              + "ORDER BY t.oid",
          "SELECT format('CREATE DOMAIN %I.%I AS %s', n.nspname, t.typname,"
              + " format_type(t.typbasetype, t.typtypmod))"
              + " || coalesce((SELECT format(' COLLATE %I.%I', m.nspname, l.collname)"
              + " FROM pg_collation l JOIN pg_namespace m ON m.oid = l.collnamespace"
              + " JOIN pg_type b ON b.oid = t.typbasetype"
              + " WHERE l.oid = t.typcollation AND l.oid <> b.typcollation), '')"
              + " || coalesce(' DEFAULT ' || t.typdefault, '')"
              + " || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END"
              + " || coalesce((SELECT string_agg(format(' CONSTRAINT %I %s', k.conname,"
              + " pg_get_constraintdef(k.oid)), '' ORDER BY k.conname) FROM pg_constraint k"
              + " WHERE k.contypid = t.oid AND k.contype = 'c'), '')"
              + " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
              + " WHERE t.typtype = 'd' AND "
              + own("pg_type", "t")
              + "ORDER BY t.oid",
          "SELECT format('CREATE TYPE %I.%I AS (%s)', n.nspname, c.relname,"
              + " (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)),"
              + " ', ' ORDER BY a.attnum) FROM pg_attribute a"
              + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))"
              + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE c.relkind = 'c' AND "
              + own("pg_class", "c")
              + "ORDER BY c.oid",
          "SELECT format('CREATE SEQUENCE %I.%I AS %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s',"
              + " n.nspname, c.relname, format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin,"
              + " s.seqmax, s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END)"
              + " FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_class'::regclass"
              + " AND i.objid = c.oid AND i.deptype = 'i') AND "
              + own("pg_class", "c")
              + "ORDER BY c.oid",
          "SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n"
              + " ON n.oid = p.pronamespace WHERE p.prokind IN ('f', 'p') AND "
              + own("pg_proc", "p")
              + "ORDER BY p.oid",
          "SELECT format('CREATE %sTABLE %I.%I (%s)%s%s',"
              + " CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED ' ELSE '' END, n.nspname, c.relname,"
              + " (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))"
              + " || coalesce((SELECT format(' COLLATE %I.%I', m.nspname, l.collname)"
              + " FROM pg_collation l JOIN pg_namespace m ON m.oid = l.collnamespace"
              + " JOIN pg_type t ON t.oid = a.atttypid"
              + " WHERE l.oid = a.attcollation AND l.oid <> t.typcollation), '')"
              + " || CASE WHEN a.attidentity = '' AND a.attgenerated = ''"
              + " THEN coalesce(' DEFAULT ' || pg_get_expr(f.adbin, f.adrelid), '')"
              + " WHEN a.attgenerated = 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(f.adbin, f.adrelid) || ') STORED'"
              + " WHEN a.attgenerated = 'v' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(f.adbin, f.adrelid) || ') VIRTUAL'"
              + " ELSE (SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %I.%I INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s)',"
              + " CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, sn.nspname, sc.relname,"
              + " s.seqincrement, s.seqmin, s.seqmax, s.seqstart, s.seqcache,"
              + " CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END)"
              + " FROM pg_depend i JOIN pg_sequence s ON s.seqrelid = i.objid"
              + " JOIN pg_class sc ON sc.oid = s.seqrelid JOIN pg_namespace sn ON sn.oid = sc.relnamespace"
              + " WHERE i.classid = 'pg_class'::regclass AND i.refobjid = c.oid"
              + " AND i.refobjsubid = a.attnum AND i.deptype = 'i') END"
              + " || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum)"
              + " FROM pg_attribute a LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum"
              + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),"
              + " CASE WHEN c.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END, "
              + OPTIONS
              + ")"
              + TABLES
              + "ORDER BY c.oid",
          "SELECT format('ALTER TABLE ONLY %s ATTACH PARTITION %I.%I %s', i.inhparent::regclass,"
              + " n.nspname, c.relname, pg_get_expr(c.relpartbound, c.oid))"
              + " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE c.relispartition AND c.relkind IN ('r', 'p') AND "
              + own("pg_class", "c")
              + "ORDER BY i.inhrelid");

  private static final String CONSTRAINTS =
      "SELECT format('ALTER TABLE %s%I.%I ADD CONSTRAINT %I %s',"
          + " CASE WHEN c.relkind = 'r' THEN 'ONLY ' ELSE '' END, n.nspname, c.relname, k.conname,"
          + " pg_get_constraintdef(k.oid)) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ";

  /**
   * What is made when the rows are there. A partition's index goes before its parent's, which takes
   * it.
   */
  static final List<String> AFTER =
      List.of(
          CONSTRAINTS
              + "k.contype IN ('p', 'u', 'x') AND "
              + own("pg_class", "c")
              + "ORDER BY (SELECT count(*) FROM pg_partition_ancestors(c.oid)) DESC, k.oid",
          CONSTRAINTS
              + "k.contype = 'c' AND k.conislocal AND "
              + own("pg_class", "c")
              + "ORDER BY k.oid",
          "SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')"
              + " AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid"
              + " AND k.contype IN ('p', 'u', 'x')) AND "
              + own("pg_class", "c")
              + "ORDER BY (SELECT count(*) FROM pg_partition_ancestors(c.oid)) DESC, i.indexrelid",
          CONSTRAINTS
              + "k.contype = 'f' AND k.conparentid = 0 AND "
              + own("pg_class", "c")
              + "ORDER BY k.oid",
          "SELECT format('ALTER TABLE ONLY %I.%I REPLICA IDENTITY %s', n.nspname, c.relname,"
              + " CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' ELSE"
              + " (SELECT 'USING INDEX ' || quote_ident(x.relname) FROM pg_index i JOIN pg_class x"
              + " ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END)"
              + TABLES
              + "AND c.relreplident <> 'd' ORDER BY c.oid",
          "SELECT format('CREATE %sVIEW %I.%I%s AS %s', CASE WHEN c.relkind = 'm' THEN 'MATERIALIZED '"
              + " ELSE '' END, n.nspname, c.relname, "
              + OPTIONS
              + ", rtrim(pg_get_viewdef(c.oid), '; ' || chr(10)) || CASE WHEN c.relkind = 'm'"
              + " AND NOT c.relispopulated THEN ' WITH NO DATA' ELSE '' END)"
              + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE c.relkind IN ('v', 'm') AND "
              + own("pg_class", "c")
              + "ORDER BY c.oid",
          "SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND "
              + own("pg_class", "c")
              + "ORDER BY i.indexrelid",
          "SELECT format('ALTER VIEW %I.%I ALTER COLUMN %I SET DEFAULT %s', n.nspname, c.relname,"
              + " a.attname, pg_get_expr(f.adbin, f.adrelid)) FROM pg_attrdef f JOIN pg_class c"
              + " ON c.oid = f.adrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.adnum"
              + " WHERE c.relkind = 'v' AND "
              + own("pg_class", "c")
              + "ORDER BY f.oid",
          "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND "
              + own("pg_class", "c")
              + "ORDER BY t.oid",
          "SELECT format('ALTER TABLE %I.%I %s TRIGGER %I', n.nspname, c.relname, CASE t.tgenabled"
              + " WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END,"
              + " t.tgname) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE NOT t.tgisinternal AND t.tgenabled <> 'O' AND "
              + own("pg_class", "c")
              + "ORDER BY t.oid",
          "SELECT format('ALTER SEQUENCE %I.%I OWNED BY %s.%I', n.nspname, c.relname,"
              + " d.refobjid::regclass, a.attname) FROM pg_class c JOIN pg_namespace n"
              + " ON n.oid = c.relnamespace JOIN pg_depend d ON d.classid = 'pg_class'::regclass"
              + " AND d.objid = c.oid AND d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass"
              + " JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
              + " WHERE c.relkind = 'S' AND "
              + own("pg_class", "c").replace("pg_depend d ", "pg_depend e ").replace(" d.", " e.")
              + "ORDER BY c.oid",
          "SELECT format('COMMENT ON %s %s IS %L', upper(CASE WHEN i.type LIKE '% column' THEN 'column'"
              + " WHEN i.type LIKE '% constraint' THEN 'constraint' ELSE i.type END),"
              + " CASE i.type WHEN 'domain constraint' THEN regexp_replace(i.identity, ' on ', ' on domain ')"
              + " ELSE i.identity END, o.description)"
              + " FROM pg_description o, pg_identify_object(o.classoid, o.objoid, o.objsubid) i"
              + " WHERE o.objoid >= 16384 AND i.type <> 'extension'"
              + " AND coalesce(i.schema, '') !~ '^pg_' AND NOT EXISTS (SELECT FROM pg_depend d"
              + " WHERE d.classid = o.classoid AND d.objid = o.objoid AND d.deptype = 'e')"
              + " ORDER BY o.objoid, o.objsubid");

  /** Rights that were granted; statements of their own, so that they can be left out. */
  static final String GRANTS =
      "WITH o(kind, name, acl, owner) AS ("
          + "SELECT 'SCHEMA', format('%I', n.nspname), n.nspacl, n.nspowner FROM pg_namespace n WHERE "
          + own("pg_namespace", "n")
          + "UNION ALL SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,"
          + " format('%I.%I', n.nspname, c.relname), c.relacl, c.relowner"
          + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND "
          + own("pg_class", "c")
          + "UNION ALL SELECT 'ROUTINE', p.oid::regprocedure::text, p.proacl, p.proowner"
          + " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE "
          + own("pg_proc", "p")
          + "UNION ALL SELECT 'TYPE', t.oid::regtype::text, t.typacl, t.typowner"
          + " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE "
          + own("pg_type", "t")
          + ") SELECT format('REVOKE ALL ON %s %s FROM PUBLIC', kind, name) FROM o WHERE acl IS NOT NULL"
          + " UNION ALL SELECT format('GRANT %s ON %s %s TO %s%s', a.privilege_type, kind, name,"
          + " CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,"
          + " CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)"
          + " FROM o, aclexplode(o.acl) a WHERE a.grantee <> o.owner";

  /** Where the sequences are. */
  static final String SEQUENCES =
      "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
          + " ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND "
          + own("pg_class", "c")
          + "ORDER BY c.oid";

  /** The columns of a table that COPY writes: those that nobody computes. */
  static final String COLUMNS =
      "SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = %s::regclass"
          + " AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum";

  private static String other(String kind, String catalogue, String prefix) {
    return "SELECT '"
        + kind
        + " ' || o."
        + prefix
        + "name FROM pg_catalog."
        + catalogue
        + " o JOIN pg_namespace n ON n.oid = o."
        + prefix
        + "namespace WHERE "
        + own(catalogue, "o");
  }

  /** What there is that a built-in copy cannot make again, each with its kind. */
  static final String NOT_CARRIED =
      String.join(
              " UNION ALL ",
              other("aggregate", "pg_proc", "pro") + "AND o.prokind NOT IN ('f', 'p')",
              other("type", "pg_type", "typ")
                  + "AND (o.typtype IN ('r', 'm') OR o.typtype = 'b' AND o.typcategory <> 'A')",
              other("foreign table", "pg_class", "rel") + "AND o.relkind = 'f'",
              other("typed or inheriting table", "pg_class", "rel")
                  + "AND (o.reloftype <> 0 AND o.relkind = 'r' OR NOT o.relispartition"
                  + " AND o.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = o.oid))",
              other("row-level security of", "pg_class", "rel")
                  + "AND (o.relrowsecurity OR o.relforcerowsecurity)",
              other("operator", "pg_operator", "opr"),
              other("operator class", "pg_opclass", "opc"),
              other("collation", "pg_collation", "coll"),
              other("conversion", "pg_conversion", "con"),
              other("text search configuration", "pg_ts_config", "cfg"),
              other("text search dictionary", "pg_ts_dict", "dict"),
              other("statistics", "pg_statistic_ext", "stx"),
              "SELECT 'rule ' || r.rulename FROM pg_rewrite r WHERE r.rulename <> '_RETURN'"
                  + " AND r.oid >= 16384",
              "SELECT 'rights on columns of ' || a.attrelid::regclass FROM pg_attribute a"
                  + " WHERE a.attacl IS NOT NULL AND a.attrelid >= 16384",
              "SELECT 'default rights' FROM pg_default_acl",
              "SELECT 'event trigger ' || evtname FROM pg_event_trigger",
              "SELECT 'publication ' || pubname FROM pg_publication",
              "SELECT 'foreign server ' || srvname FROM pg_foreign_server",
              "SELECT 'cast to ' || casttarget::regtype FROM pg_cast k WHERE oid >= 16384"
                  + " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass"
                  + " AND d.objid = k.oid AND d.deptype = 'e')",
              "SELECT DISTINCT 'large objects' FROM pg_largeobject_metadata")
          + " ORDER BY 1";

  private CatalogueSql() {}
}
