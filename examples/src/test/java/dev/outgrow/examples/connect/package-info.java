/** The code of the guide to connecting, compiled and run. */
@NullMarked
package dev.outgrow.examples.connect;

import org.jspecify.annotations.NullMarked;
