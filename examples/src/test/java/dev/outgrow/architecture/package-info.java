/**
 * Holds the code to ARCHITECTURE: {@link dev.outgrow.architecture.HouseRules} says what, {@code
 * violations} proves that each rule bites.
 */
@NullMarked
package dev.outgrow.architecture;

import org.jspecify.annotations.NullMarked;
