/**
 * What the guides for the first ten minutes and for the day of the move show, and that it works.
 */
@NullMarked
package dev.outgrow.examples.start;

import org.jspecify.annotations.NullMarked;
