package io.isthmus.domain.placement;

/** What a choice's reasons depend on: units of one kind at one candidate have the same. */
record Choice(int kind, int candidate) {

  static Choice of(int unit, Problem problem, Arrangement arrangement) {
    return new Choice(problem.units.get(unit).kind(), arrangement.at[unit]);
  }
}
