/**
 * A SQLite file as the target of an import: its definitions in SQLite's own words, its rows as they
 * are stored, all in one transaction; and the comparison of two files.
 */
@NullMarked
package dev.outgrow.importer.file;

import org.jspecify.annotations.NullMarked;
