/** The guide to generated classes, compiled and run. */
@NullMarked
package dev.outgrow.examples.codegen;

import org.jspecify.annotations.NullMarked;
