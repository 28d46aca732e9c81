/** Tests of files that are this user's alone. */
@NullMarked
package dev.outgrow.disk;

import org.jspecify.annotations.NullMarked;
