/** How the JUnit extension finds and keeps its databases. */
@NullMarked
package dev.outgrow.test.internal;

import org.jspecify.annotations.NullMarked;
