package dev.outgrow.importer.reject;

/**
 * Rejected rows of one table, which can be handed out more than once. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public interface RejectFeed {

  /** Hands out all of them. */
  void handOut(RejectSink sink);
}
