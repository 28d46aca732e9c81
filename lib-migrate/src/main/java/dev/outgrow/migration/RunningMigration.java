package dev.outgrow.migration;

import java.util.Optional;

/**
 * A migration that is about to run or has just run.
 *
 * <p><em>Immutable.</em>
 *
 * @param chain its chain
 * @param version its version; empty if it is repeatable
 * @param description what it does
 * @param script its file name, or its class
 * @since 0.1
 */
public record RunningMigration(
    String chain, Optional<String> version, String description, String script) {}
