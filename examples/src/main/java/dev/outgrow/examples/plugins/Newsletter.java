package dev.outgrow.examples.plugins;

import java.util.List;

/**
 * A newsletter, who gets it, and what was sent last.
 *
 * <p><em>Immutable.</em>
 *
 * @param name what it is called, which no other is
 * @param subject what its mails say first
 * @param weekday when it is sent, 1 for Monday to 7
 * @param subscribers who gets it, by name
 * @param others who does not, and could: active users, by name
 * @param issues the latest, at most ten, the newest first
 * @since 0.1
 */
public record Newsletter(
    String name,
    String subject,
    int weekday,
    List<Reader> subscribers,
    List<Reader> others,
    List<Issue> issues) {
  /** Copies the lists. */
  public Newsletter {
    subscribers = List.copyOf(subscribers);
    others = List.copyOf(others);
    issues = List.copyOf(issues);
  }
}
