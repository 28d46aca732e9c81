/** Which table, columns and constraint a refused row broke, where the failure does not say. */
@NullMarked
package dev.outgrow.database.violation;

import org.jspecify.annotations.NullMarked;
