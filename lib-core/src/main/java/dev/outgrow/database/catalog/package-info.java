/** Reads a live schema of either backend into the vocabulary. */
@NullMarked
package dev.outgrow.database.catalog;

import org.jspecify.annotations.NullMarked;
