/** What jOOQ's objects tell of themselves, for the features beside this package. */
@NullMarked
package dev.outgrow.query.internal;

import org.jspecify.annotations.NullMarked;
