/** Reads the rows of tables from the pages of a SQLite file, without SQLite. */
@NullMarked
package dev.outgrow.importer.page;

import org.jspecify.annotations.NullMarked;
