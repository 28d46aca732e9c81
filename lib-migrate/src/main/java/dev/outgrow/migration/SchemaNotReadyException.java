package dev.outgrow.migration;

import dev.outgrow.error.OutgrowException;
import java.util.List;

/**
 * A schema that is not as the scripts say, and that was left as it is.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class SchemaNotReadyException extends OutgrowException {
  private static final long serialVersionUID = 1L;

  private final transient MigrationStatus status;

  SchemaNotReadyException(MigrationStatus status, List<ChainStatus> refused) {
    super(what(refused), remedy(refused), null);
    this.status = status;
  }

  private static String what(List<ChainStatus> refused) {
    StringBuilder what = new StringBuilder("The database is not ready:");
    for (ChainStatus chain : refused) {
      what.append(" chain ").append(chain.chain()).append(" is ").append(chain.state());
      what.append(chain.problems().isEmpty() ? "." : ". " + String.join(" ", chain.problems()));
    }
    return what.toString();
  }

  private static String remedy(List<ChainStatus> refused) {
    return String.join(
        " ", refused.stream().flatMap(chain -> chain.remedy().stream()).distinct().toList());
  }

  /** Returns how all chains are. */
  public MigrationStatus status() {
    return status;
  }
}
