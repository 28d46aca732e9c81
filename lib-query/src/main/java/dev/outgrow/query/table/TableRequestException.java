package dev.outgrow.query.table;

import dev.outgrow.error.OutgrowException;

/**
 * A request for a table that cannot be answered. The message names the parameter, its values never.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class TableRequestException extends OutgrowException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARACTERS = 60;

  private final String parameter;

  TableRequestException(String parameter, String reason, String remedy) {
    super("Parameter " + shown(parameter) + " " + reason + ".", remedy, null);
    this.parameter = shown(parameter);
  }

  /**
   * Returns the parameter, {@code order[0][column]}; at most 60 characters, all of them visible.
   */
  public String parameter() {
    return parameter;
  }

  /** A name comes from a stranger: it must not fill a log or write lines of its own there. */
  private static String shown(String name) {
    String head = name.substring(0, Math.min(name.length(), SHOWN_CHARACTERS));
    return head.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
