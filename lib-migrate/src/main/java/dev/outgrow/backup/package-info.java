/** Dumps of either backend, and their restoration. */
@NullMarked
package dev.outgrow.backup;

import org.jspecify.annotations.NullMarked;
