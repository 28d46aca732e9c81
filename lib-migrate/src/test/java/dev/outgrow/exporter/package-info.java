/** Tests of the way back. */
@NullMarked
package dev.outgrow.exporter;

import org.jspecify.annotations.NullMarked;
