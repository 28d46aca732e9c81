/** Turns SQLite's SQL into PostgreSQL's: expressions, defaults, checks, views. */
@NullMarked
package dev.outgrow.importer.translate;

import org.jspecify.annotations.NullMarked;
