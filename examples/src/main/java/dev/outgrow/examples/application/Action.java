package dev.outgrow.examples.application;

/** What an address does when it is visited. It may wait for the database. */
@FunctionalInterface
interface Action {
  Reply answer(Visit visit);
}
