package io.isthmus.domain.placement;

import java.util.BitSet;
import java.util.List;

/**
 * Resources that go to one place together.
 *
 * @param members placed resources by number; empty for stretched resources that nobody needs
 * @param closure stretched resources that must be in the same region
 * @param kind index of its demand among the distinct ones
 * @param weights how many of it each spread constraint counts
 */
record PlacementUnit(List<Integer> members, BitSet closure, int kind, int[] weights) {}
