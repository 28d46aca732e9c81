package dev.outgrow.codegen;

import dev.outgrow.migration.Chain;
import dev.outgrow.migration.ChainSource;
import java.util.List;

/** A core and a plugin that refers to it. */
public final class TestChains implements ChainSource {
  static Chain core() {
    return Chain.named("core").location("db/core").build();
  }

  static Chain plugin() {
    return Chain.named("clips").location("db/plugin").requires("core", "1").build();
  }

  static Chain named(String name) {
    return Chain.named(name).location("db/" + name).build();
  }

  @Override
  public List<Chain> chains() {
    return List.of(core(), plugin());
  }
}
