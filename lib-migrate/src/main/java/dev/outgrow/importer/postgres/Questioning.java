package dev.outgrow.importer.postgres;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.plan.Question;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.source.KeyText;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Puts the questions of one step to the server and gathers every answer before it complains. */
final class Questioning {
  private static final int SHOWN = 20;

  private final Connection connection;
  private final String schema;
  private final List<String> faults = new ArrayList<>();
  private final List<NotCarried> allowed = new ArrayList<>();

  Questioning(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** Returns what is wrong with the rows and may be. */
  List<NotCarried> ask(Step.Examine step) throws SQLException {
    for (Question question : step.questions()) {
      ask(question);
    }
    if (!faults.isEmpty()) {
      String more = faults.size() > SHOWN ? "; and " + (faults.size() - SHOWN) + " more" : "";
      throw new TargetException(
          schema,
          List.of(),
          "The tables of schema "
              + schema
              + " do not take every row: "
              + String.join("; ", faults.subList(0, Math.min(SHOWN, faults.size())))
              + more
              + ".",
          "Mend the values in the SQLite file or the table in PostgreSQL; references that lead nowhere may be kept"
              + " (orphans keep, or --orphans keep).",
          null);
    }
    return allowed;
  }

  private void ask(Question question) throws SQLException {
    long count = Long.parseLong(row(question.count(), 1).get(0));
    if (count == 0) {
      return;
    }
    String fault =
        count + (count == 1 ? " value " : " values ") + question.fault() + example(question);
    NotCarried otherwise = question.otherwise();
    if (otherwise == null) {
      faults.add(fault);
    } else {
      allowed.add(
          new NotCarried(otherwise.kind(), otherwise.name(), otherwise.reason() + "; " + fault));
    }
  }

  private String example(Question question) throws SQLException {
    if (question.example().isEmpty()) {
      return "";
    }
    List<String> names = question.keyColumns();
    return " (for example at " + KeyText.of(names, row(question.example(), names.size())) + ")";
  }

  /** A key that is not a number is shown in quotes. */
  private List<String> row(String sql, int columns) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        String cell = String.valueOf(rows.getString(i));
        cells.add(
            cell.matches("-?[0-9]+") ? cell : KeyText.text(cell.getBytes(StandardCharsets.UTF_8)));
      }
      return cells;
    }
  }
}
