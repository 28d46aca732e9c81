package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Writes triggers of two kinds: those that raise an error on a condition, which may ask tables, and
 * those that set columns of the row they are about.
 */
final class TriggerTranslator {
  private final Trigger trigger;
  private final TriggerTable table;
  private final boolean touches;
  private final Questions questions;

  private TriggerTranslator(
      Trigger trigger, TriggerTable table, boolean touches, Questions questions) {
    this.trigger = trigger;
    this.table = table;
    this.touches = touches;
    this.questions = questions;
  }

  static Translation translate(
      String createTrigger, TriggerTable table, Collection<TriggerTable> tables)
      throws RefusedException {
    Trigger trigger = TriggerParser.parse(createTrigger);
    List<Trigger.Statement> statements = trigger.statements();
    boolean touches = statements.size() == 1 && statements.get(0) instanceof Trigger.Update;
    Questions questions =
        new Questions(createTrigger, trigger, table, touches ? List.of() : tables);
    return new TriggerTranslator(trigger, table, touches, questions).write();
  }

  private Translation write() throws RefusedException {
    boolean before = trigger.before() || touches;
    String row = !before ? "NULL" : trigger.event().equals("DELETE") ? "OLD" : "NEW";
    ExpressionTranslator translator = questions.translator(names(false));
    Expr when = trigger.when();
    Questions.Condition condition = when == null ? null : questions.condition(when, translator);
    StringBuilder body = new StringBuilder();
    if (condition != null && !condition.before().isEmpty()) { // WHEN itself may not ask
      body.append(condition.before())
          .append("  IF met IS NOT TRUE THEN\n    RETURN ")
          .append(row)
          .append(";\n  END IF;\n");
    }
    List<String> touched = new ArrayList<>();
    for (Trigger.Statement statement : trigger.statements()) {
      if (statement instanceof Trigger.Select select) {
        body.append(new Raising(translator, questions).of(select.query()));
      } else if (touches && statement instanceof Trigger.Update update) {
        Touch touch = new Touch(trigger, table, names(true));
        body.append(touch.of(update));
        touched.addAll(touch.touched());
      } else {
        throw new RefusedException("an update among other statements", trigger.at());
      }
    }
    body.append("  RETURN ").append(row).append(";\nEND");
    return new Translation.Trigger(
        before ? "BEFORE" : "AFTER",
        trigger.event(),
        columns(),
        condition == null || !condition.before().isEmpty() ? null : condition.sql(),
        (questions.any() ? "DECLARE\n  met boolean;\n" : "") + "BEGIN\n" + body,
        touched,
        questions.probes(),
        questions.schema());
  }

  private RowNames names(boolean own) {
    return new RowNames(table, trigger, trigger.before() || touches, own);
  }

  private List<String> columns() throws RefusedException {
    List<String> columns = new ArrayList<>();
    for (String name : trigger.columns()) {
      Scope.Column column = table.columnOrId(name);
      if (column == null || table.isGenerated(column)) {
        throw new RefusedException("an update of the column " + name, trigger.at());
      }
      columns.add(column.target());
    }
    return columns.stream().distinct().toList();
  }
}
