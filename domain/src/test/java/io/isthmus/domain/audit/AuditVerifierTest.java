package io.isthmus.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.audit.AuditLines.Beginning;
import io.isthmus.domain.audit.AuditVerifier.Broken;
import io.isthmus.domain.audit.AuditVerifier.Intact;
import io.isthmus.domain.audit.AuditVerifier.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is done to an export shows, and it is told where. */
class AuditVerifierTest {

  private static final SealingKey KEY = SealingKey.generate();

  /** An export, with the positions of its records by line; none for the other lines. */
  private record Export(List<String> lines, List<Optional<Long>> positions) {

    static Export of(List<Integer> segments) {
      Export export = new Export(new ArrayList<>(), new ArrayList<>());
      CompactRange tree = new CompactRange();
      Optional<Seal> last = Optional.empty();
      export.add(AuditLines.write(new Beginning(tree, Seal.NONE, 0)), Optional.empty());
      for (int size : segments) {
        List<Hash> leaves = new ArrayList<>();
        for (int index = 0; index < size; index++) {
          String text = Cadf.write(Records.created("stack-" + tree.size()));
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

    /** The lines that are seals. */
    List<Integer> seals() {
      return IntStream.range(1, lines.size())
          .filter(line -> positions.get(line).isEmpty())
          .boxed()
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

  @Property(tries = 40)
  void theFirstRecordThatWasChangedIsNamed(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(max = 60) int which) {
    Export export = Export.of(segments);
    Assume.that(which < export.lines().size() && export.positions().get(which).isPresent());
    List<String> lines = new ArrayList<>(export.lines());
    lines.set(which, lines.get(which).replace("alice", "mallory"));

    assertBroken(verify(lines), export.positions().get(which));
  }

  @Property(tries = 40)
  void theFirstRecordThatWasTakenOutIsNamed(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(max = 60) int which) {
    Export export = Export.of(segments);
    Assume.that(which < export.lines().size() && export.positions().get(which).isPresent());
    List<String> lines = new ArrayList<>(export.lines());
    lines.remove(which);

    assertBroken(verify(lines), export.positions().get(which));
  }

  @Property(tries = 40)
  void whatWasPutInIsNamed(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 6) Integer> segments,
      @ForAll @IntRange(min = 1, max = 60) int where) {
    Export export = Export.of(segments);
    Assume.that(where < export.lines().size());
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

  @Example
  void anEmptyFileIsNoExport() {
    assertThat(verify(List.of())).isInstanceOf(Broken.class);
  }

  private static void assertBroken(Verdict verdict, Optional<Long> position) {
    assertThat(verdict).isInstanceOf(Broken.class);
    assertThat(((Broken) verdict).position()).isEqualTo(position);
  }
}
