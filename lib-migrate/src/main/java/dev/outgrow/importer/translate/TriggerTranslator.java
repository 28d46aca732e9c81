package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes triggers of two kinds: those that raise an error on a condition, and those that set
 * columns of the row they are about.
 */
final class TriggerTranslator {
  private final Trigger trigger;
  private final TriggerTable table;
  private final boolean touches;

  private TriggerTranslator(Trigger trigger, TriggerTable table, boolean touches) {
    this.trigger = trigger;
    this.table = table;
    this.touches = touches;
  }

  static Translation translate(String createTrigger, TriggerTable table) throws RefusedException {
    Trigger trigger = TriggerParser.parse(createTrigger);
    List<Trigger.Statement> statements = trigger.statements();
    boolean touches = statements.size() == 1 && statements.get(0) instanceof Trigger.Update;
    return new TriggerTranslator(trigger, table, touches).write();
  }

  private Translation write() throws RefusedException {
    boolean before = trigger.before() || touches;
    Expr when = trigger.when();
    String condition =
        when == null ? null : new ExpressionTranslator(names(false)).truth(when).sql();
    StringBuilder body = new StringBuilder("BEGIN\n");
    List<String> touched = new ArrayList<>();
    for (Trigger.Statement statement : trigger.statements()) {
      if (statement instanceof Trigger.Select select) {
        body.append(new Raising(new ExpressionTranslator(names(false))).of(select.query()));
      } else if (touches && statement instanceof Trigger.Update update) {
        Touch touch = new Touch(trigger, table, names(true));
        body.append(touch.of(update));
        touched.addAll(touch.touched());
      } else {
        throw new RefusedException("an update among other statements", trigger.at());
      }
    }
    String row = !before ? "NULL" : trigger.event().equals("DELETE") ? "OLD" : "NEW";
    body.append("  RETURN ").append(row).append(";\nEND");
    return new Translation.Trigger(
        before ? "BEFORE" : "AFTER",
        trigger.event(),
        columns(),
        condition,
        body.toString(),
        touched);
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
