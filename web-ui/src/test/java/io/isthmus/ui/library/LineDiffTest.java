package io.isthmus.ui.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.ui.library.LineDiff.Kind;
import io.isthmus.ui.library.LineDiff.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

  @Test
  void tellsWhatWentAndWhatCame() {
    assertThat(LineDiff.of("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n"))
        .containsExactly(
            new Line(Kind.SAME, 1, "a"),
            new Line(Kind.REMOVED, 2, "b"),
            new Line(Kind.ADDED, 2, "x"),
            new Line(Kind.SAME, 3, "c"),
            new Line(Kind.SAME, 4, "d"),
            new Line(Kind.ADDED, 5, "e"));
  }

  @Test
  void bothTextsAreInIt() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      String older = text(random);
      String newer = text(random);
      List<Line> diff = LineDiff.of(older, newer);

      assertThat(without(diff, Kind.ADDED)).isEqualTo(older);
      assertThat(without(diff, Kind.REMOVED)).isEqualTo(newer);
    }
  }

  @Test
  void goesOnWithTextsThatAreTooLargeToCompare() {
    String older =
        IntStream.range(0, 3000).mapToObj(i -> "a" + i + "\n").collect(Collectors.joining());
    String newer =
        IntStream.range(0, 3000).mapToObj(i -> "b" + i + "\n").collect(Collectors.joining());

    assertThat(LineDiff.of("same\n" + older, "same\n" + newer))
        .hasSize(6001)
        .first()
        .isEqualTo(new Line(Kind.SAME, 1, "same"));
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(12), 0, 4)
        .mapToObj(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String without(List<Line> diff, Kind kind) {
    List<String> lines = new ArrayList<>();
    diff.stream()
        .filter(line -> line.kind() != kind)
        .forEach(line -> lines.add(line.text() + "\n"));
    return String.join("", lines);
  }
}
