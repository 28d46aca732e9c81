/**
 * Looks at scripts before they run, for what locks out a running application, breaks it, or cannot
 * succeed on the rows that are there: {@link dev.outgrow.migration.safety.Safety} says how
 * strictly, {@link dev.outgrow.migration.safety.Preflight} is what was found.
 */
@NullMarked
package dev.outgrow.migration.safety;

import org.jspecify.annotations.NullMarked;
