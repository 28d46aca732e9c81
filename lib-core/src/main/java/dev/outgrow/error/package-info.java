/**
 * One unchecked root, {@link dev.outgrow.error.OutgrowException}; subclasses carry objects, not
 * only text.
 */
@NullMarked
package dev.outgrow.error;

import org.jspecify.annotations.NullMarked;
