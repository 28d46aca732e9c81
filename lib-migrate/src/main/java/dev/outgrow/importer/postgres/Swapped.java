package dev.outgrow.importer.postgres;

import dev.outgrow.importer.mapping.NotCarried;
import java.util.List;

/**
 * What a swap has done. <em>Immutable.</em>
 *
 * @param moved what it has moved, for the journal
 * @param notCarried what the target had that what is there now could not be given
 * @since 0.1
 */
public record Swapped(Moved moved, List<NotCarried> notCarried) {
  /** Copies the list. */
  public Swapped {
    notCarried = List.copyOf(notCarried);
  }

  /** Returns the schema that keeps what the target held; empty if it held nothing. */
  public String before() {
    return moved.before();
  }
}
