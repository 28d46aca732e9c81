/**
 * Carries a SQLite file into PostgreSQL: {@link dev.outgrow.importer.SqliteImport} is the front
 * door.
 */
@NullMarked
package dev.outgrow.importer;

import org.jspecify.annotations.NullMarked;
