package io.isthmus.domain.placement;

import java.util.List;

/**
 * How a stack leaves places.
 *
 * @param placement where everything is then; Unplaced only when something is wrong that has nothing
 *     to do with the leaving
 * @param leaving what was asked for, with all that stays
 * @param held what stays there, with every reason, by path
 */
record Departure(Placement placement, Leaving leaving, List<Leaving.Held> held) {

  Departure {
    held = List.copyOf(held);
  }
}
