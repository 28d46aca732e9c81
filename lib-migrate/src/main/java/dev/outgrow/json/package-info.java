/** Reports and manifests as JSON text. */
@NullMarked
package dev.outgrow.json;

import org.jspecify.annotations.NullMarked;
