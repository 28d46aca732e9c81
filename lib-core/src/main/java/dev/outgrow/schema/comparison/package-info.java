/**
 * Compares two schemas, of one backend or of two, and prints one: {@link
 * dev.outgrow.schema.comparison.SchemaComparison} and {@link
 * dev.outgrow.schema.comparison.SchemaText} are the front doors.
 */
@NullMarked
package dev.outgrow.schema.comparison;

import org.jspecify.annotations.NullMarked;
