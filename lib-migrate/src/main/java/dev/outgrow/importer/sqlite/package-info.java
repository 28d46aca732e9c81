/** How SQLite stores things: open read-only, snapshot, catalogue, rows, values. */
@NullMarked
package dev.outgrow.importer.sqlite;

import org.jspecify.annotations.NullMarked;
