/** Backups of either backend: made, listed, proven, put back, and thinned out. */
@NullMarked
package dev.outgrow.backup;

import org.jspecify.annotations.NullMarked;
