/** How the generator is configured and run. */
@NullMarked
package dev.outgrow.codegen.internal;

import org.jspecify.annotations.NullMarked;
