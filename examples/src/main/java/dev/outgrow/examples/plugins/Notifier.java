package dev.outgrow.examples.plugins;

/**
 * Something that tells somebody when a session begins or ends. What it is configured with is not
 * here, since that may be a secret of another service.
 *
 * <p><em>Immutable.</em>
 *
 * @param id its number
 * @param agent what it tells with, such as {@code email}
 * @param name what its owner calls it, empty if nothing
 * @param template what it says; {@code {user}} and {@code {title}} stand for those of the session
 * @param onPlay whether it tells when a session begins
 * @param onStop whether it tells when one ends
 * @since 0.1
 */
public record Notifier(
    long id, String agent, String name, String template, boolean onPlay, boolean onStop) {
  /** Returns what to call it. */
  public String title() {
    return name.isEmpty() ? agent : name;
  }
}
