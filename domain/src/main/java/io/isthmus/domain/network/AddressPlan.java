package io.isthmus.domain.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The addresses a project may use in all its clouds, and those that are taken. Immutable: taking
 * gives a new plan. Nothing that was taken ever overlaps.
 *
 * @param pools prefixes to carve blocks from, tried in this order
 * @param taken what is in use
 */
public record AddressPlan(List<Cidr> pools, List<Cidr> taken) {

  public AddressPlan {
    pools = List.copyOf(pools);
    taken = List.copyOf(taken);
  }

  /** Whether nothing that was taken overlaps it. */
  public boolean isFree(Cidr prefix) {
    return taken.stream().noneMatch(prefix::overlaps);
  }

  /** This plan with one more prefix in use. */
  public AddressPlan with(Cidr prefix) {
    List<Cidr> more = new ArrayList<>(taken);
    more.add(prefix);
    return new AddressPlan(pools, more);
  }

  /**
   * Finds the lowest free prefix.
   *
   * @param bits 32 for IPv4, 128 for IPv6
   * @return empty when no pool has room
   */
  public Optional<Cidr> findFree(int bits, int length) {
    return pools.stream()
        .filter(pool -> pool.bits() == bits && pool.length() <= length)
        .map(pool -> findFree(pool, length))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Cidr> findFree(Cidr pool, int length) {
    BigInteger size = BigInteger.ONE.shiftLeft(pool.bits() - length);
    List<Cidr> inTheWay =
        taken.stream().filter(pool::overlaps).sorted(Comparator.comparing(Cidr::base)).toList();
    BigInteger at = pool.base();
    for (Cidr obstacle : inTheWay) {
      if (at.add(size).compareTo(obstacle.base()) <= 0) {
        break;
      }
      if (obstacle.end().compareTo(at) > 0) {
        // Blocks are aligned to their own size, so the search goes on at the next multiple.
        BigInteger[] whole = obstacle.end().divideAndRemainder(size);
        at = whole[1].signum() == 0 ? obstacle.end() : whole[0].add(BigInteger.ONE).multiply(size);
      }
    }
    return at.add(size).compareTo(pool.end()) <= 0
        ? Optional.of(new Cidr(pool.bits(), at, length))
        : Optional.empty();
  }

  /**
   * How long the prefix of a block is that holds this many segments and has room for one more: 4
   * segments at least, then powers of two.
   */
  public static int blockLength(int segmentLength, int segments) {
    int doublings = 2;
    while (1 << doublings <= segments) {
      doublings++;
    }
    return segmentLength - doublings;
  }

  /**
   * The block that the segments of one subnet were carved from; a single one is its own.
   *
   * @param segments at least one, all of one length
   */
  public static Cidr block(List<Cidr> segments) {
    Cidr first = segments.get(0);
    Cidr block = first;
    if (segments.size() > 1) {
      int length = blockLength(first.length(), segments.size());
      block = new Cidr(first.bits(), first.base(), length);
    }
    return block;
  }
}
