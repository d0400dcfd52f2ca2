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
 * it was sealed. Needs nothing but the export, and the key that is trusted.
 */
public final class AuditVerifier {

  /** What came of it. */
  public sealed interface Verdict {}

  /**
   * All is as it was sealed.
   *
   * @param records how many, dropped ones included
   * @param head the last seal; empty of a log in which nothing is yet
   */
  public record Intact(long records, long seals, Optional<Seal> head) implements Verdict {}

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
    this.trusted = trusted;
  }

  /** Reads an export to its end, or to the first thing that is wrong. */
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
      long kept = head.map(Seal::kept).orElse(0L);
      if (droppedTo > kept) {
        throw broken(
            Math.max(kept, begun), "the record is missing; the rule of retention has kept it");
      }
      return new Intact(tree.size() - begun, seals, head);
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
    seal.leaves().forEach(tree::append);
    require(
        tree.size() == seal.size() && tree.root().equals(seal.root()),
        name + " was changed: its records' hashes do not make its root");
    compare(seal);
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
