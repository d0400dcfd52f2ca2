package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.audit.AuditLines.Beginning;
import io.isthmus.domain.audit.AuditVerifier.Broken;
import io.isthmus.domain.audit.AuditVerifier.Intact;
import io.isthmus.domain.audit.AuditVerifier.Verdict;
import io.isthmus.domain.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is done to an export shows, and it is told where. */
class AuditVerifierTest {

  private static final SealingKey KEY = SealingKey.generate();
  private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

  /** An export, with the positions of its records by line; none for the other lines. */
  private record Export(List<String> lines, List<Optional<Long>> positions) {

    static Export of(List<Integer> segments) {
      return of(segments, position -> "stack-");
    }

    /** With names of what is created by position. */
    static Export of(List<Integer> segments, LongFunction<String> names) {
      Export export = new Export(new ArrayList<>(), new ArrayList<>());
      CompactRange tree = new CompactRange();
      Optional<Seal> last = Optional.empty();
      export.add(AuditLines.write(new Beginning(tree, Seal.NONE, 0)), Optional.empty());
      for (int size : segments) {
        List<Hash> leaves = new ArrayList<>();
        for (int index = 0; index < size; index++) {
          String text = text(names.apply(tree.size()) + tree.size());
          Hash leaf = Hash.ofLeaf(text.getBytes(StandardCharsets.UTF_8));
          export.add(text, Optional.of(tree.size()));
          leaves.add(leaf);
          tree.append(leaf);
        }
        Seal seal = Seal.after(last, leaves, tree, 0, Records.NOON, KEY);
        export.add(AuditLines.write(seal, KEY.publicText()), Optional.empty());
        last = Optional.of(seal);
      }
      return export;
    }

    /** Each record has an id of its own; exports of the same have the same records. */
    private static String text(String name) {
      return TEXTS.computeIfAbsent(name, created -> Cadf.write(Records.created(created)));
    }

    /** The lines that are seals. */
    List<Integer> seals() {
      return IntStream.range(1, lines.size())
          .filter(line -> positions.get(line).isEmpty())
          .boxed()
          .toList();
    }

    /** The seals as the API gives them. */
    List<String> asOfTheApi() {
      return lines.stream()
          .filter(line -> line.startsWith("{\"isthmus_audit_seal\""))
          .map(AuditVerifierTest::sealed)
          .map(
              seal ->
                  Json.createObjectBuilder()
                      .add("number", seal.number())
                      .add("first", seal.first())
                      .add("size", seal.size())
                      .add("kept", seal.kept())
                      .add("root", seal.root().toString())
                      .add("previous", seal.previous().toString())
                      .add("at", seal.at().toString())
                      .add("key", seal.key())
                      .add("signed", seal.text())
                      .build()
                      .toString())
          .toList();
    }

    private void add(String line, Optional<Long> position) {
      lines.add(line);
      positions.add(position);
    }
  }

  private static Verdict verify(List<String> lines) {
    return new AuditVerifier(Optional.of(KEY.id())).verify(lines.iterator());
  }

  @Property(tries = 20)
  void whatWasNotTouchedIsIntact(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> segments) {
    Verdict verdict = verify(Export.of(segments).lines());

    assertThat(verdict).isInstanceOf(Intact.class);
    assertThat(((Intact) verdict).records())
        .isEqualTo(segments.stream().mapToLong(Integer::longValue).sum());
    assertThat(((Intact) verdict).seals()).isEqualTo(segments.size());
  }

  /** One of the lines that are records. */
  private static int record(Export export, int choice) {
    int[] records =
        IntStream.range(0, export.lines().size())
            .filter(line -> export.positions().get(line).isPresent())
            .toArray();
    return records[choice % records.length];
  }

  @Property(tries = 40)
  void theFirstRecordThatWasChangedIsNamed(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(max = 60) int choice) {
    Export export = Export.of(segments);
    int which = record(export, choice);
    List<String> lines = new ArrayList<>(export.lines());
    lines.set(which, lines.get(which).replace("alice", "mallory"));

    assertBroken(verify(lines), export.positions().get(which));
  }

  @Property(tries = 40)
  void theFirstRecordThatWasTakenOutIsNamed(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(max = 60) int choice) {
    Export export = Export.of(segments);
    int which = record(export, choice);
    List<String> lines = new ArrayList<>(export.lines());
    lines.remove(which);

    assertBroken(verify(lines), export.positions().get(which));
  }

  @Property(tries = 40)
  void whatWasPutInIsNamed(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(max = 60) int choice) {
    Export export = Export.of(segments);
    int where = 1 + choice % (export.lines().size() - 1);
    List<String> lines = new ArrayList<>(export.lines());
    lines.add(where, Cadf.write(Records.created("never")));

    Verdict verdict = verify(lines);
    assertThat(verdict).isInstanceOf(Broken.class);
    assertThat(((Broken) verdict).position()).isPresent();
  }

  @Property(tries = 40)
  void aSealThatIsNotWhatWasSignedShows(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(max = 60) int chosen,
      @ForAll @IntRange(max = 3) int how) {
    Export export = Export.of(segments);
    List<String> lines = new ArrayList<>(export.lines());
    int seal = export.seals().get(chosen % segments.size());
    switch (how) {
      case 0 -> lines.remove(seal);
      case 1 -> lines.set(seal, lines.get(seal).replace("\"at\":\"2026", "\"at\":\"2025"));
      case 2 -> lines.set(seal, lines.get(seal).replaceFirst("leaves\":\\[\"..", "leaves\":[\"zz"));
      default -> lines.add(seal, lines.get(seal));
    }

    assertThat(verify(lines)).isInstanceOf(Broken.class);
  }

  @Example
  void aLogThatSomebodyElseSealedAnewIsNotTaken() {
    List<String> lines = Export.of(List.of(3, 2)).lines();

    Verdict verdict = new AuditVerifier(Optional.of("0123456789abcdef")).verify(lines.iterator());

    assertThat(verdict).isInstanceOf(Broken.class);
    assertThat(((Broken) verdict).what()).contains(KEY.id(), "0123456789abcdef");
  }

  // ---- seals that were kept outside

  private static Verdict verify(Export export, List<String> kept, boolean live) {
    return new AuditVerifier(Optional.of(KEY.id()), KeptSeal.read(kept.iterator()), live)
        .verify(export.lines().iterator());
  }

  @Property(tries = 40)
  void aLogThatWentOnHasAllThatSealsThatWereKeptClose(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(min = 1, max = 6) int until,
      @ForAll boolean live) {
    Export export = Export.of(segments);
    int seals = Math.min(until, segments.size());

    Verdict verdict = verify(export, export.asOfTheApi().subList(0, seals), live);

    assertThat(verdict).isInstanceOf(Intact.class);
    assertThat(((Intact) verdict).kept()).isEqualTo(seals);
    assertThat(verify(export, export.lines(), live)).isInstanceOf(Intact.class);
    // A list, over several lines and the newest first, as the API gives it.
    List<String> newestFirst = new ArrayList<>(export.asOfTheApi());
    Collections.reverse(newestFirst);
    assertThat(
            verify(
                export, List.of(("[\n" + String.join(",\n", newestFirst) + "]").split("\n")), live))
        .isInstanceOf(Intact.class);
  }

  /** Made by who has the key: the log by itself is as it was sealed. */
  @Property(tries = 60)
  void aLogThatWasMadeAnewWithTheServersOwnKeyShows(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(max = 35) int which,
      @ForAll boolean live) {
    Export real = Export.of(segments);
    long records = segments.stream().mapToLong(Integer::longValue).sum();
    long changed = which % records;
    Export forged = Export.of(segments, position -> position == changed ? "forged" : "stack-");
    assertThat(verify(forged.lines())).isInstanceOf(Intact.class);

    assertBroken(verify(forged, real.lines(), live), Optional.of(changed));

    Broken byRoots = (Broken) verify(forged, real.asOfTheApi(), live);
    long first = 0;
    for (int size : segments) {
      if (changed < first + size) {
        if (size == 1) {
          assertThat(byRoots.position()).contains(changed);
        } else {
          assertThat(byRoots.position()).isEmpty();
          assertThat(byRoots.what())
              .startsWith("records " + first + " to " + (first + size - 1) + " are not");
        }
        break;
      }
      first += size;
    }
    // The last seal alone shows it, too.
    int last = segments.size() - 1;
    assertThat(verify(forged, real.asOfTheApi().subList(last, last + 1), live))
        .isInstanceOf(Broken.class);
  }

  @Example
  void aLogOfWhichTheEndWasTakenShowsUnlessTheExportIsOlder() {
    Export real = Export.of(List.of(3, 2, 4));
    Export shorter = Export.of(List.of(3, 2));

    assertBroken(verify(shorter, real.asOfTheApi(), true), Optional.of(5L));
    // Export.of seals all at the same moment: one that ends before is not known to be older.
    assertBroken(verify(shorter, real.asOfTheApi(), false), Optional.of(5L));
    List<String> later = new ArrayList<>(real.asOfTheApi());
    later.set(2, later.get(2).replace(Records.NOON.toString(), "2026-12-24T18:00:00Z"));
    Verdict older = verify(shorter, later, false);
    assertThat(older).isInstanceOf(Intact.class);
    assertThat(((Intact) older).kept()).isEqualTo(2);
    assertThat(((Intact) older).newer()).isEqualTo(1);
  }

  @Example
  void theSameRecordsInOtherSegmentsShow() {
    Export real = Export.of(List.of(3, 2));

    assertThat(verify(Export.of(List.of(2, 3)), real.asOfTheApi(), true))
        .isInstanceOf(Broken.class);
    assertThat(verify(Export.of(List.of(5)), real.asOfTheApi(), true)).isInstanceOf(Broken.class);
    assertThat(verify(Export.of(List.of(1, 4)), real.asOfTheApi().subList(0, 1), true))
        .isInstanceOf(Broken.class);
  }

  @Example
  void whatRetentionTookBeforeIsComparedWithTheSealThatTheExportBeginsAfter() {
    List<String> lines = new ArrayList<>(Export.of(List.of(3, 2, 4)).lines());
    CompactRange tree = new CompactRange();
    Seal first = sealed(lines.get(4));
    Seal second = sealed(lines.get(7));
    first.leaves().forEach(tree::append);
    second.leaves().forEach(tree::append);
    List<String> rest = new ArrayList<>(lines.subList(8, lines.size() - 1));
    rest.add(0, AuditLines.write(new Beginning(tree, second.hash(), 2)));
    List<Hash> leaves = sealed(lines.get(lines.size() - 1)).leaves();
    leaves.forEach(tree::append);
    Seal third = Seal.after(Optional.of(second), leaves, tree, 5, Records.NOON, KEY);
    rest.add(AuditLines.write(third, KEY.publicText()));
    Export later = new Export(rest, List.of());
    Export real = Export.of(List.of(3, 2, 4));
    Export forged = Export.of(List.of(3, 2, 4), position -> position == 1 ? "forged" : "stack-");

    Intact intact = (Intact) verify(later, real.asOfTheApi().subList(0, 2), true);
    assertThat(intact.kept()).isEqualTo(1);
    assertThat(intact.older()).extracting(KeptSeal::number).containsExactly(1L);
    assertThat(verify(later, forged.asOfTheApi().subList(0, 2), true)).isInstanceOf(Broken.class);
  }

  @Example
  void whatIsNoSealIsToldByItsLine() {
    Export export = Export.of(List.of(1, 1));
    List<String> seals = export.asOfTheApi();

    assertThatThrownBy(() -> verify(export, List.of(seals.get(0), "nonsense"), true))
        .isInstanceOf(KeptSeal.Unreadable.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> verify(export, List.of(seals.get(1), seals.get(0)), true))
        .isInstanceOf(KeptSeal.Unreadable.class)
        .hasMessageContaining("the oldest comes first");
    assertThatThrownBy(
            () -> verify(export, List.of(seals.get(0).replace("\"size\":1", "\"size\":2")), true))
        .isInstanceOf(KeptSeal.Unreadable.class)
        .hasMessageContaining("size 2");
  }

  private static Seal sealed(String line) {
    return ((AuditLines.Sealed) AuditLines.read(line)).seal();
  }

  @Example
  void anEmptyFileIsNoExport() {
    assertThat(verify(List.of())).isInstanceOf(Broken.class);
  }

  private static void assertBroken(Verdict verdict, Optional<Long> position) {
    assertThat(verdict).isInstanceOf(Broken.class);
    assertThat(((Broken) verdict).position()).isEqualTo(position);
  }
}
