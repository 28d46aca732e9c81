/** Reads the text SQLite keeps of its own definitions: tokens and {@code CREATE} statements. */
@NullMarked
package dev.outgrow.sql.sqlite;

import org.jspecify.annotations.NullMarked;
