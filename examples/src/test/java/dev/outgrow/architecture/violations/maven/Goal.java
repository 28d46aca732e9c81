package dev.outgrow.architecture.violations.maven;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.test.Fixture;
import org.jooq.DSLContext;

/** A goal that knows the fixtures, and jOOQ past the code generator. */
@Breaks({
  "codegen-maven-plugin knows only lib-core, lib-migrate, codegen",
  "only lib-query, lib-test and codegen know jOOQ"
})
public abstract class Goal {
  abstract void act(Fixture fixture, DSLContext sql);
}
