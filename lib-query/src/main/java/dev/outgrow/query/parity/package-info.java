/** Runs a query on both backends and compares the rows. */
@NullMarked
package dev.outgrow.query.parity;

import org.jspecify.annotations.NullMarked;
