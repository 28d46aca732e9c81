/** Ordered printable steps with their SQL text. */
@NullMarked
package dev.outgrow.importer.plan;

import org.jspecify.annotations.NullMarked;
