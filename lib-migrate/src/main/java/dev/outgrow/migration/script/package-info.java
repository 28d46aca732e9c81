/** The scripts of a chain: where they lie, what their names say, what they hold. */
@NullMarked
package dev.outgrow.migration.script;

import org.jspecify.annotations.NullMarked;
