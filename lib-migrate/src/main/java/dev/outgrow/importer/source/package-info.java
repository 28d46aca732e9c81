/**
 * What everyone may know of a source: storage classes, one row of cells, what a column really
 * holds.
 */
@NullMarked
package dev.outgrow.importer.source;

import org.jspecify.annotations.NullMarked;
