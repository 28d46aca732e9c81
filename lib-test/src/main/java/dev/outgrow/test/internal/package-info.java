/** How tests' databases are made, watched and kept. It knows no JUnit. */
@NullMarked
package dev.outgrow.test.internal;

import org.jspecify.annotations.NullMarked;
