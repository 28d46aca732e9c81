/**
 * Fits the rows of a file to tables that are there already: names, types, and what does not fit.
 */
@NullMarked
package dev.outgrow.importer.existing;

import org.jspecify.annotations.NullMarked;
