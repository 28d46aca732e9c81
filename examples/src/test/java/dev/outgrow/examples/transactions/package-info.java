/** The code of the guide to transactions, compiled and run. */
@NullMarked
package dev.outgrow.examples.transactions;

import org.jspecify.annotations.NullMarked;
