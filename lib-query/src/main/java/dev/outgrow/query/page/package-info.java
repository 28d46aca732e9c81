/** Pages by offset and by key. */
@NullMarked
package dev.outgrow.query.page;

import org.jspecify.annotations.NullMarked;
