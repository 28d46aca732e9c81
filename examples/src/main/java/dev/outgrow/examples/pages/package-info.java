/** The pages as HTML: what each is given, and the templates in {@code src/main/jte}. */
@NullMarked
package dev.outgrow.examples.pages;

import org.jspecify.annotations.NullMarked;
