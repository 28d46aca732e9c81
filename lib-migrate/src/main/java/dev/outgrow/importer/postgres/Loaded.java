package dev.outgrow.importer.postgres;

import dev.outgrow.importer.verify.TableDigest;

/**
 * A table that was copied.
 *
 * <p><em>Immutable.</em>
 *
 * @param digest what the source's rows condense to, taken while they were copied
 * @param bytes bytes sent
 * @since 0.1
 */
public record Loaded(TableDigest digest, long bytes) {}
