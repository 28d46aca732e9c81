/** The words and statements of a script, as far as one sees without a database. */
@NullMarked
package dev.outgrow.migration.statement;

import org.jspecify.annotations.NullMarked;
