package dev.outgrow.test;

import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import java.util.List;

/** The chain of the tests here: users and their plays. */
public final class AppChains implements ChainSource {
  @Override
  public List<Chain> chains() {
    return List.of(Chain.named("app").location("db/app").owns("users", "plays").build());
  }
}
