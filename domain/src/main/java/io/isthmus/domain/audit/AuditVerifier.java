package io.isthmus.domain.audit;

import io.isthmus.domain.audit.AuditLines.Beginning;
import io.isthmus.domain.audit.AuditLines.Dropped;
import io.isthmus.domain.audit.AuditLines.Event;
import io.isthmus.domain.audit.AuditLines.Line;
import io.isthmus.domain.audit.AuditLines.Sealed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Checks an export of the log by itself: that nothing in it was changed, left out or put in since
 * it was sealed. Needs nothing but the export, and the key that is trusted. Who has that key and
 * the database can seal another log: seals that were kept outside show that, as a log that was made
 * anew does not begin with what they close.
 */
public final class AuditVerifier {

  /** What came of it. */
  public sealed interface Verdict {}

  /**
   * All is as it was sealed.
   *
   * @param records how many, dropped ones included
   * @param head the last seal; empty of a log in which nothing is yet
   * @param kept how many of the seals that were kept outside are in it, with all before them
   * @param older those whose records were dropped before this export begins: it does not show
   *     whether they are in the log
   * @param newer how many were made after this export ends
   */
  public record Intact(
      long records, long seals, Optional<Seal> head, long kept, List<KeptSeal> older, long newer)
      implements Verdict {

    public Intact {
      older = List.copyOf(older);
    }
  }

  /**
   * Something is not as it was sealed.
   *
   * @param line in the export, counted from 1
   * @param position of the first record that is not as it was; empty when a seal itself is not
   * @param what in English
   */
  public record Broken(long line, Optional<Long> position, String what) implements Verdict {}

  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Broken broken;

    Found(Broken broken) {
      super(broken.what(), null, false, false);
      this.broken = broken;
    }
  }

  private final Optional<String> trusted;
  private final Iterator<KeptSeal> kept;
  private final boolean live;

  /** The kept seal that is to come; the last one that was found. */
  private Optional<KeptSeal> awaited = Optional.empty();

  private Optional<KeptSeal> found = Optional.empty();

  /** Up to there the log is what a kept seal closes. */
  private long vouched;

  private long matched;
  private final List<KeptSeal> older = new ArrayList<>();

  /** The first record that is not what the awaited seal's hashes say. */
  private Optional<Long> differs = Optional.empty();

  private CompactRange tree = new CompactRange();
  private Hash previous = Seal.NONE;
  private long number;
  private long begun;
  private long seals;
  private Optional<Seal> head = Optional.empty();
  private final List<Line> segment = new ArrayList<>();
  private long line;

  /** Position after the last text that was dropped; they are dropped from the beginning on. */
  private long droppedTo;

  /**
   * @param trusted id of the only key that may have signed; empty for any that the seals name
   */
  public AuditVerifier(Optional<String> trusted) {
    this(trusted, List.<KeptSeal>of().iterator(), false);
  }

  /**
   * @param trusted as above
   * @param kept seals that were kept outside, the oldest first
   * @param live whether the export is of what the log is now: then no kept seal can be newer
   */
  public AuditVerifier(Optional<String> trusted, Iterator<KeptSeal> kept, boolean live) {
    this.trusted = trusted;
    this.kept = kept;
    this.live = live;
  }

  /**
   * Reads an export to its end, or to the first thing that is wrong.
   *
   * @throws KeptSeal.Unreadable when a kept seal cannot be compared
   */
  public Verdict verify(Iterator<String> lines) {
    try {
      while (lines.hasNext()) {
        line++;
        take(read(lines.next()));
      }
      if (line == 0) {
        throw broken("the export is empty; it should begin with the line “isthmus_audit_export”");
      }
      if (!segment.isEmpty()) {
        throw broken(tree.size(), "no seal follows these records");
      }
      long keptFrom = head.map(Seal::kept).orElse(0L);
      if (droppedTo > keptFrom) {
        throw broken(
            Math.max(keptFrom, begun), "the record is missing; the rule of retention has kept it");
      }
      return new Intact(tree.size() - begun, seals, head, matched, older, newer());
    } catch (Found found) {
      return found.broken;
    }
  }

  private Line read(String text) {
    try {
      return AuditLines.read(text);
    } catch (IllegalArgumentException e) {
      throw broken(tree.size() + segment.size(), "the line cannot be read");
    }
  }

  private void take(Line next) {
    if (next instanceof Beginning beginning) {
      begin(beginning);
    } else if (line == 1) {
      throw broken("the first line should be “isthmus_audit_export”");
    } else if (next instanceof Sealed sealed) {
      close(sealed);
    } else {
      segment.add(next);
    }
  }

  private void begin(Beginning beginning) {
    if (line != 1) {
      throw broken("“isthmus_audit_export” is not the first line");
    }
    tree = beginning.before();
    begun = tree.size();
    droppedTo = begun;
    previous = beginning.previous();
    number = beginning.number();
    awaitNext();
    while (awaited.isPresent() && awaited.get().number() < number) {
      older.add(awaited.get());
      awaitNext();
    }
    if (number > 0 && awaited.filter(seal -> seal.number() == number).isPresent()) {
      KeptSeal seal = awaited.get();
      if (!seal.hash().equals(previous)
          || seal.size() != tree.size()
          || !seal.root().equals(tree.root())) {
        throw broken(
            "the log before record "
                + begun
                + " is not what it was when seal "
                + number
                + " was kept");
      }
      matches(seal);
    }
  }

  private void awaitNext() {
    awaited = kept.hasNext() ? Optional.of(kept.next()) : Optional.empty();
    differs = Optional.empty();
  }

  private void matches(KeptSeal seal) {
    found = Optional.of(seal);
    vouched = seal.size();
    matched++;
    awaitNext();
  }

  /** Compares the leaf that the tree took last with what the awaited seal closes. */
  private void compareKept(Hash leaf) {
    while (awaited.isPresent()) {
      KeptSeal seal = awaited.get();
      compareLeaf(seal, leaf);
      if (seal.size() > tree.size()) {
        return;
      }
      if (seal.size() != tree.size() || !seal.root().equals(tree.root())) {
        throw otherThanKept(seal);
      }
      matches(seal);
    }
  }

  private void compareLeaf(KeptSeal seal, Hash leaf) {
    long position = tree.size() - 1;
    if (differs.isEmpty()
        && position >= seal.first()
        && position < seal.size()
        && seal.leaves()
            .filter(leaves -> !leaves.get((int) (position - seal.first())).equals(leaf))
            .isPresent()) {
      differs = Optional.of(position);
    }
  }

  private Found otherThanKept(KeptSeal seal) {
    String since = " as when seal " + seal.number() + " was kept, at " + seal.at();
    if (seal.size() <= vouched) {
      return broken(
          "seal " + seal.number() + " of " + seal.at() + " was kept, and is not in the log");
    }
    Optional<Long> known =
        vouched == seal.size() - 1
            ? Optional.of(vouched)
            : differs.filter(position -> vouched == seal.first());
    if (known.isPresent()) {
      return broken(known.get(), "the record is not" + since);
    }
    return broken(
        "records "
            + vouched
            + " to "
            + (seal.size() - 1)
            + " are not"
            + since
            + ": the first that was changed is among them");
  }

  /** How many kept seals are from after the export's end; a log of now has none such. */
  private long newer() {
    long newer = 0;
    while (awaited.isPresent()) {
      KeptSeal seal = awaited.get();
      boolean later =
          head.map(last -> last.at().isBefore(seal.at()) && last.number() < seal.number())
              .orElse(true);
      if (live || !later) {
        throw broken(
            tree.size(),
            "the record is missing, as is all after it up to record "
                + (seal.size() - 1)
                + ": seal "
                + seal.number()
                + " of "
                + seal.at()
                + " was kept, and is not in the log");
      }
      newer++;
      awaitNext();
    }
    return newer;
  }

  private void close(Sealed sealed) {
    Seal seal = sealed.seal();
    String name = "seal " + seal.number();
    require(
        SealingKey.id(sealed.key()).equals(seal.key()), name + " names another key than it has");
    require(
        trusted.map(seal.key()::equals).orElse(true),
        name + " is by key " + seal.key() + ", not by " + trusted.orElse(""));
    require(seal.isSignedBy(sealed.key()), name + " was changed: its signature does not hold");
    require(
        seal.number() == number + 1 && seal.previous().equals(previous),
        name + " does not follow seal " + number + ": something between is missing or changed");
    require(
        seal.first() == tree.size(),
        name + " begins at " + seal.first() + ", not at " + tree.size());
    for (Hash leaf : seal.leaves()) {
      tree.append(leaf);
      compareKept(leaf);
    }
    require(
        tree.size() == seal.size() && tree.root().equals(seal.root()),
        name + " was changed: its records' hashes do not make its root");
    compare(seal);
    require(
        found
            .filter(known -> known.size() > seal.first())
            .map(known -> known.text().equals(seal.text()))
            .orElse(true),
        name + " is not the one that was kept, though it closes the same records");
    require(
        awaited.filter(known -> known.number() <= seal.number()).isEmpty(),
        "seal "
            + awaited.map(KeptSeal::number).orElse(0L)
            + " was kept, and closes other records than that of the log");
    segment.clear();
    previous = seal.hash();
    number = seal.number();
    head = Optional.of(seal);
    seals++;
  }

  private void compare(Seal seal) {
    for (int index = 0; index < seal.leaves().size(); index++) {
      long position = seal.first() + index;
      if (index == segment.size()) {
        throw broken(position, "the record is missing");
      }
      Line at = segment.get(index);
      boolean holds =
          at instanceof Event event
              ? Hash.ofRecord(event.text()).equals(seal.leaves().get(index))
              : at instanceof Dropped dropped && isDroppedInTurn(dropped, position);
      if (!holds) {
        throw broken(position, "the record was changed, removed or put in");
      }
    }
    if (segment.size() > seal.leaves().size()) {
      throw broken(seal.size(), "a record was put in");
    }
  }

  /** Retention takes the oldest first. */
  private boolean isDroppedInTurn(Dropped dropped, long position) {
    if (dropped.position() != position || droppedTo != position) {
      return false;
    }
    droppedTo++;
    return true;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw broken(otherwise);
    }
  }

  private Found broken(String what) {
    return new Found(new Broken(line, Optional.empty(), what));
  }

  private Found broken(long position, String what) {
    return new Found(new Broken(line, Optional.of(position), what));
  }
}
