/**
 * A real, migrated database for every test: {@link PostgresTest}, {@link SqliteTest}, {@link
 * EachBackend} and {@link BothBackends} for JUnit, {@link ScratchDatabases} for everybody else.
 */
@NullMarked
package dev.outgrow.test;

import org.jspecify.annotations.NullMarked;
