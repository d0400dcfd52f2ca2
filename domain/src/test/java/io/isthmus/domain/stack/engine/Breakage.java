package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.StackStore;
import java.util.function.UnaryOperator;

/**
 * What is deliberately wrong in a simulated world, to see whether its checks find it.
 *
 * @param store what the engine and people use instead of the store
 * @param driver what the engine uses instead of the driver
 * @param limits the engine's numbers
 * @param unruly whether places are chosen without regard to the rule
 * @param unbounded whether places are chosen without regard to the quota
 */
record Breakage(
    UnaryOperator<StackStore> store,
    UnaryOperator<ResourceDriver> driver,
    EngineLimits limits,
    boolean unruly,
    boolean unbounded) {

  static final Breakage NONE =
      new Breakage(
          UnaryOperator.identity(), UnaryOperator.identity(), EngineLimits.DEFAULT, false, false);

  static Breakage store(UnaryOperator<StackStore> store) {
    return new Breakage(store, NONE.driver, NONE.limits, false, false);
  }

  static Breakage driver(UnaryOperator<ResourceDriver> driver) {
    return new Breakage(NONE.store, driver, NONE.limits, false, false);
  }

  static Breakage limits(EngineLimits limits) {
    return new Breakage(NONE.store, NONE.driver, limits, false, false);
  }

  static Breakage withoutRule() {
    return new Breakage(NONE.store, NONE.driver, NONE.limits, true, false);
  }

  static Breakage withoutQuota() {
    return new Breakage(NONE.store, NONE.driver, NONE.limits, false, true);
  }
}
