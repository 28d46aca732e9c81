package dev.outgrow.codegen.internal;

import java.util.Comparator;
import org.jooq.meta.DefaultOrderProvider;
import org.jooq.meta.Definition;

/**
 * jOOQ's order, which takes {@code Users} and {@code users} for equal and leaves them as the
 * database happened to list them; here one always goes first.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class StableOrder implements Comparator<Definition> {
  private final DefaultOrderProvider usual = new DefaultOrderProvider();

  @Override
  public int compare(Definition one, Definition other) {
    int order = usual.compare(one, other);
    return order != 0
        ? order
        : one.getQualifiedInputName().compareTo(other.getQualifiedInputName());
  }
}
