/** jOOQ classes from migrations, as goals of Maven. */
@NullMarked
package dev.outgrow.maven;

import org.jspecify.annotations.NullMarked;
