package dev.outgrow.importer.postgres;

import dev.outgrow.importer.plan.Question;
import dev.outgrow.importer.source.KeyText;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Puts questions to the server and gathers every answer before anybody complains. */
final class Questioning {
  private final Connection connection;

  Questioning(Connection connection) {
    this.connection = connection;
  }

  /** Returns what is wrong. */
  List<Answer> ask(List<Question> questions) throws SQLException {
    List<Answer> answers = new ArrayList<>();
    for (Question question : questions) {
      long count = Long.parseLong(row(question.count(), 1).get(0));
      if (count > 0) {
        String values = count + (count == 1 ? " value " : " values ");
        answers.add(new Answer(question, values + question.fault() + example(question)));
      }
    }
    return answers;
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
