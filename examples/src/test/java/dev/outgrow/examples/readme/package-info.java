/** The README, compiled and run. */
@NullMarked
package dev.outgrow.examples.readme;

import org.jspecify.annotations.NullMarked;
