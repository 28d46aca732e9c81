package dev.outgrow.architecture.violations.test;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.codegen.Generator;

/** Fixtures that generate code. */
@Breaks({"lib-test knows only lib-core, lib-migrate"})
public interface Fixture {
  void know(Generator generator);
}
