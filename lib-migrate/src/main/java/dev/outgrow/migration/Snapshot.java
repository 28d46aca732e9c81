package dev.outgrow.migration;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a database holds at one moment, as far as migrations care.
 *
 * @param tables the tables of the schema
 * @param historyTables those of them that have the columns of a history table
 * @param histories the rows of the chains' history tables that are there, in order of rank
 */
record Snapshot(
    Set<String> tables, Set<String> historyTables, Map<String, List<HistoryRow>> histories) {}
