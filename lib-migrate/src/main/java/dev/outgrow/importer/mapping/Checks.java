package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.translate.Scope;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.importer.translate.Translator;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.NamingConvention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Maps CHECK constraints, and says of each that cannot be translated why. */
final class Checks {
  private Checks() {}

  static List<Check> of(
      SourceTable table, Map<String, Scope> scopes, Names names, Findings findings) {
    Scope scope = scopes.get(table.name());
    if (scope == null) {
      throw new IllegalArgumentException("No table " + table.name());
    }
    List<Check> mapped = new ArrayList<>();
    for (Check check : table.table().checks()) {
      Translation translation = Translator.check(check.expression(), scope);
      if (translation instanceof Translation.Sql sql) {
        String name =
            names.key(
                check.name(),
                NamingConvention.CHECK,
                table,
                List.of(Integer.toString(mapped.size() + 1)));
        mapped.add(new Check(name, sql.text()));
      } else {
        findings.notCarried(
            Kind.CHECK,
            check.name() == null ? table.name() : table.name() + "." + check.name(),
            Findings.why(translation) + ": CHECK (" + check.expression() + ")");
      }
    }
    return mapped;
  }
}
