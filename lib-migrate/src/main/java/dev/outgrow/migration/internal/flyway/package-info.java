/** Runs Flyway; the only package that knows it. */
@NullMarked
package dev.outgrow.migration.internal.flyway;

import org.jspecify.annotations.NullMarked;
