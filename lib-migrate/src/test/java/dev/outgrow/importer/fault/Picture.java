package dev.outgrow.importer.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Everything in a database that is somebody's: the catalogue with owners, rights and comments, and
 * each table's rows. It is read by SQL of its own and not by what the import reads with.
 *
 * @param lines one for each thing, each beginning with its schema
 */
record Picture(List<String> lines) {
  private static final Pattern OF_ONE_IMPORT =
      Pattern.compile("(_before_|outgrow_rejects_|outgrow_staging_)[0-9]{8}_[0-9]{6}_[0-9a-f]{6}");

  private static final String OURS =
      " n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> 'outgrow' ";

  private static final String POSITION = "|position|";

  private static final List<String> QUERIES =
      List.of(
          "SELECT n.nspname, 'schema', pg_get_userbyid(n.nspowner), n.nspacl::text,"
              + " obj_description(n.oid, 'pg_namespace') FROM pg_namespace n WHERE"
              + OURS,
          "SELECT n.nspname, 'relation', c.relname, c.relkind::text, pg_get_userbyid(c.relowner),"
              + " c.relacl::text, c.relrowsecurity::text, c.relpersistence::text, c.reloptions::text,"
              + " obj_description(c.oid, 'pg_class')"
              + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'column', c.relname, a.attnum::text, a.attname,"
              + " format_type(a.atttypid, a.atttypmod), a.attnotnull::text, a.attidentity::text,"
              + " a.attgenerated::text, a.attacl::text, pg_get_expr(d.adbin, d.adrelid),"
              + " col_description(c.oid, a.attnum)"
              + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
              + " WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND"
              + OURS,
          "SELECT n.nspname, 'constraint', o.conrelid::regclass::text, o.conname,"
              + " o.convalidated::text, pg_get_constraintdef(o.oid)"
              + " FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'index', i.indisvalid::text, pg_get_indexdef(i.indexrelid)"
              + " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'view', c.relname, pg_get_viewdef(c.oid)"
              + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE c.relkind IN ('v', 'm') AND"
              + OURS,
          "SELECT n.nspname, 'trigger', pg_get_triggerdef(t.oid)"
              + " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND"
              + OURS,
          "SELECT n.nspname, 'child', c.relname, i.inhparent::regclass::text, i.inhseqno::text,"
              + " c.relispartition::text, pg_get_expr(c.relpartbound, c.oid), pg_get_partkeydef(i.inhparent)"
              + " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'sequence', c.relname, format_type(s.seqtypid, NULL), s.seqstart::text,"
              + " s.seqincrement::text, s.seqmin::text, s.seqmax::text, s.seqcache::text, s.seqcycle::text,"
              + " d.refobjid::regclass::text, d.refobjsubid::text, d.deptype::text"
              + " FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid"
              + " AND d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass WHERE"
              + OURS,
          "SELECT n.nspname, 'policy', p.polrelid::regclass::text, p.polname, p.polpermissive::text,"
              + " p.polcmd::text, p.polroles::regrole[]::text, pg_get_expr(p.polqual, p.polrelid),"
              + " pg_get_expr(p.polwithcheck, p.polrelid), c.relrowsecurity::text, c.relforcerowsecurity::text"
              + " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'type', t.typname, t.typtype::text, pg_get_userbyid(t.typowner), t.typacl::text,"
              + " obj_description(t.oid, 'pg_type'), (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)"
              + " FROM pg_enum e WHERE e.enumtypid = t.oid), format_type(nullif(t.typbasetype, 0), t.typtypmod),"
              + " (SELECT string_agg(pg_get_constraintdef(o.oid), ',' ORDER BY o.conname)"
              + " FROM pg_constraint o WHERE o.contypid = t.oid)"
              + " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
              + " WHERE t.typtype IN ('e', 'd', 'c') AND"
              + OURS,
          "SELECT n.nspname, 'statistics', pg_get_statisticsobjdef(x.oid)"
              + " FROM pg_statistic_ext x JOIN pg_namespace n ON n.oid = x.stxnamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'rule', pg_get_ruledef(r.oid)"
              + " FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND"
              + OURS,
          "SELECT n.nspname, 'default rights', pg_get_userbyid(a.defaclrole), a.defaclobjtype::text,"
              + " a.defaclacl::text"
              + " FROM pg_default_acl a JOIN pg_namespace n ON n.oid = a.defaclnamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'published', p.pubname, c.relname FROM pg_publication_rel r"
              + " JOIN pg_publication p ON p.oid = r.prpubid JOIN pg_class c ON c.oid = r.prrelid"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'comment', d.classoid::regclass::text, pg_describe_object(d.classoid, d.objoid,"
              + " d.objsubid), d.description FROM pg_description d"
              + " JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass"
              + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
              + OURS,
          "SELECT n.nspname, 'identity', c.relname, c.relreplident::text, (SELECT x.relname FROM pg_index i"
              + " JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident),"
              + " (SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid"
              + " WHERE i.indrelid = c.oid AND i.indisclustered)"
              + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE c.relkind IN ('r', 'p') AND"
              + OURS,
          "SELECT n.nspname, 'function', pg_get_userbyid(p.proowner), p.proacl::text,"
              + " pg_get_functiondef(p.oid)"
              + " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE"
              + OURS);

  /** Takes it. */
  static Picture of(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = pg_catalog");
    }
    for (String query : QUERIES) {
      lines.addAll(History.rows(connection, query));
    }
    String relations =
        "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind::text"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND"
            + OURS;
    for (String each : History.rows(connection, relations)) {
      String name = each.substring(0, each.length() - 2);
      String what = each.endsWith("S") ? "t.last_value, t.is_called" : "t";
      String rows =
          "SELECT count(*), md5(coalesce(string_agg(r, E'\\n' ORDER BY r), ''))"
              + " FROM (SELECT ROW("
              + what
              + ")::text COLLATE \"C\" AS r FROM "
              + name
              + " t) x";
      String kind = each.endsWith("S") ? POSITION : "|rows|";
      lines.add(name + kind + History.rows(connection, rows).get(0));
    }
    return new Picture(lines.stream().sorted().toList());
  }

  /** Returns it without a schema. */
  Picture without(String schema) {
    return new Picture(
        lines.stream()
            .filter(line -> !line.startsWith(schema + "|") && !line.startsWith(schema + "."))
            .toList());
  }

  /** Returns it without what an import stages. */
  Picture withoutStaged() {
    return new Picture(
        lines.stream().filter(line -> !line.startsWith("outgrow_staging_")).toList());
  }

  /**
   * Returns it without how far sequences are. PostgreSQL does not take that back with a
   * transaction: numbers are left out then, and none comes twice.
   */
  Picture withoutPositions() {
    return new Picture(lines.stream().filter(line -> !line.contains(POSITION)).toList());
  }

  /** Returns it as it would be if the import had another number. */
  Picture ofAnyImport() {
    return new Picture(lines.stream().map(Picture::ofAnyImport).sorted().toList());
  }

  /** Returns a text as it would be if the import had another number. */
  static String ofAnyImport(String text) {
    return OF_ONE_IMPORT.matcher(text).replaceAll("$1ID");
  }

  /** Returns what is in one of the two only. */
  String differences(Picture other) {
    StringBuilder text = new StringBuilder();
    lines.stream()
        .filter(l -> !other.lines.contains(l))
        .forEach(l -> text.append("+ ").append(l).append('\n'));
    other.lines.stream()
        .filter(l -> !lines.contains(l))
        .forEach(l -> text.append("- ").append(l).append('\n'));
    return text.toString();
  }
}
