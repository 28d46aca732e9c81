package dev.outgrow.importer.postgres;

import dev.outgrow.importer.mapping.NotCarried;
import java.util.List;

/**
 * What a swap has done. <em>Immutable.</em>
 *
 * @param before the schema that keeps what the target held; empty if it held nothing
 * @param notCarried what the target had that what is there now could not be given
 * @since 0.1
 */
public record Swapped(String before, List<NotCarried> notCarried) {
  /** Copies the list. */
  public Swapped {
    notCarried = List.copyOf(notCarried);
  }
}
