/** The command {@code examples/outgrow}. */
@NullMarked
package dev.outgrow.examples.runner;

import org.jspecify.annotations.NullMarked;
