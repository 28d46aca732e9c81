/** jOOQ classes from migrations. */
@NullMarked
package dev.outgrow.codegen;

import org.jspecify.annotations.NullMarked;
