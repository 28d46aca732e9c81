package dev.outgrow.probe;

import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import java.util.List;

final class ProbeChains implements ChainSource {
  @Override
  public List<Chain> chains() {
    return List.of(Chain.named("probe").location("db/probe").owns("notes").build());
  }
}
