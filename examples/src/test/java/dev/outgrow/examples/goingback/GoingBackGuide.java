package dev.outgrow.examples.goingback;

import dev.outgrow.database.Database;
import dev.outgrow.exporter.ExportReport;
import dev.outgrow.exporter.SqliteExport;
import dev.outgrow.importer.mapping.Rules;
import dev.outgrow.migration.Chain;
import java.nio.file.Path;

/** The code of docs/going-back.md. */
final class GoingBackGuide {
  private GoingBackGuide() {}

  // begin plain
  static ExportReport goBack(Database postgres, Path file) {
    return SqliteExport.from(postgres).into(file).run();
  }

  // end plain

  // begin like
  static ExportReport goBackAsBefore(Database postgres, Path file, Path former, Rules rules) {
    return SqliteExport.from(postgres).into(file).like(former).rules(rules).run();
  }

  // end like

  // begin chains
  static ExportReport goBackToTheApplication(Database postgres, Path file, Chain core) {
    return SqliteExport.from(postgres).into(file).chains(core).run();
  }
  // end chains
}
