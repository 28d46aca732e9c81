/** Which chain may change which tables, and what a look at all scripts finds. */
@NullMarked
package dev.outgrow.migration.ownership;

import org.jspecify.annotations.NullMarked;
