/** The way back: PostgreSQL into a SQLite file. */
@NullMarked
package dev.outgrow.exporter;

import org.jspecify.annotations.NullMarked;
