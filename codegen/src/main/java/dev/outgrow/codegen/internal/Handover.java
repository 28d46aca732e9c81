package dev.outgrow.codegen.internal;

import dev.outgrow.error.ConfigurationException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands a scratch database to the object that jOOQ makes of a class's name: jOOQ takes along
 * nothing but texts.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Handover {
  /** The property that holds the ticket. */
  public static final String TICKET = "outgrow.ticket";

  private static final Map<String, Part> WAITING = new ConcurrentHashMap<>();

  /**
   * What is handed over: the database, how packages are called, and a map that takes the types of
   * columns.
   */
  public record Part(
      MigratedScratch scratch, Packages packages, Map<String, Map<String, String>> types) {}

  private Handover() {}

  static String leave(Part part) {
    String ticket = UUID.randomUUID().toString();
    WAITING.put(ticket, part);
    return ticket;
  }

  static void forget(String ticket) {
    WAITING.remove(ticket);
  }

  /** Returns what was left under a ticket. */
  public static Part take(String ticket) {
    Part part = WAITING.get(ticket);
    if (part == null) {
      throw new ConfigurationException(TICKET, ticket, "no property that is set by hand");
    }
    return part;
  }
}
