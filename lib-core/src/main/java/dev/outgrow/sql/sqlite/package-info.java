/**
 * Reads the text SQLite keeps of its own definitions: tokens and {@code CREATE} statements.
 *
 * <p>{@link dev.outgrow.sql.sqlite.Definition#parse} reads a whole statement; {@link
 * dev.outgrow.sql.sqlite.Tokenizer#tokens} cuts any piece of SQLite's SQL into tokens. Nothing here
 * touches a database.
 */
@NullMarked
package dev.outgrow.sql.sqlite;

import org.jspecify.annotations.NullMarked;
