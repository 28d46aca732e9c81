/**
 * Reads a live schema of either backend into the vocabulary: {@link
 * dev.outgrow.database.catalog.SqliteCatalog} and {@link
 * dev.outgrow.database.catalog.PostgresCatalog} are the front doors.
 */
@NullMarked
package dev.outgrow.database.catalog;

import org.jspecify.annotations.NullMarked;
