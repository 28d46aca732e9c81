/** Files that are this user's alone, and that are on the disk before anything counts on them. */
@NullMarked
package dev.outgrow.disk;

import org.jspecify.annotations.NullMarked;
