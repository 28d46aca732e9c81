package dev.outgrow.examples.wizard;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen.
 *
 * <p><em>Immutable.</em>
 *
 * @param own the file that the application runs on; empty where it runs on PostgreSQL
 * @param folder whether a folder of the server is offered
 * @param files the files in it
 * @param trouble why the folder's files cannot be shown, or null
 * @param cutOff what was under way when the application ended, or null
 * @param largestUpload how many bytes an upload has at most
 * @since 0.1
 */
public record Offers(
    Optional<ServerFile> own,
    boolean folder,
    List<ServerFile> files,
    @Nullable Problem trouble,
    @Nullable Problem cutOff,
    long largestUpload) {
  /** Copies the list. */
  public Offers {
    files = List.copyOf(files);
  }
}
