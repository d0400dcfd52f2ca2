package io.isthmus.ui.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BarsTest {

  private static final Offset<Double> NEAR = within(0.01);

  private final Bars two =
      new Bars(
          List.of("1 Nov", "2 Nov"),
          List.of(
              new Bars.Series("bhs", "hue-2", List.of(1.0, 0.0)),
              new Bars.Series("gra", "hue-1", List.of(3.0, 2.0))),
          "EUR");

  @Test
  void writesRoundNumbersUpToTheHighestBar() {
    assertThat(two.ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(one(0.37).ticks()).containsExactly(0.0, 0.1, 0.2, 0.30000000000000004, 0.4);
    assertThat(one(9_000).ticks()).containsExactly(0.0, 2500.0, 5000.0, 7500.0, 10_000.0);
  }

  @Test
  void hasAnAxisWhenThereIsNothing() {
    assertThat(one(0).ticks()).containsExactly(0.0, 1.0);
    assertThat(drawn(one(0)).pieces()).isEmpty();
    assertThat(drawn(one(0)).labels()).isEmpty();
  }

  @Test
  void putsPiecesOnEachOtherToTheHeightOfTheirSum() {
    List<Bars.Piece> pieces = drawn(two).pieces();
    assertThat(pieces).hasSize(3);
    Bars.Piece foot = pieces.get(0);
    Bars.Piece top = pieces.get(1);
    assertThat(foot.bucket()).isEqualTo(top.bucket()).isZero();
    assertThat(top.y() + top.height()).isCloseTo(foot.y(), NEAR);
    assertThat(top.height()).isCloseTo(3 * foot.height(), NEAR);
    assertThat(foot.x()).isEqualTo(top.x());
    // As high as the axis, which ends at 4.
    assertThat(foot.y() + foot.height()).isCloseTo(260 - 24, NEAR);
    assertThat(top.y()).isCloseTo(28, NEAR);
  }

  @Test
  void namesEachColourOnceAndNoneOverAnother() {
    Bars crowded =
        new Bars(
            List.of("a"),
            IntStream.range(0, 8)
                .mapToObj(i -> new Bars.Series("cloud-" + i, "hue-1", List.of(i == 7 ? 100.0 : 1)))
                .toList(),
            "EUR");
    List<Bars.Label> labels = drawn(crowded).labels();
    assertThat(labels).extracting(Bars.Label::series).doesNotHaveDuplicates().hasSize(8);
    for (int i = 1; i < labels.size(); i++) {
      assertThat(labels.get(i).y() - labels.get(i - 1).y()).isGreaterThanOrEqualTo(15.99);
    }
    assertThat(labels.get(7).y()).isLessThanOrEqualTo(260 - 24);
  }

  @Test
  void leavesOutWordsForWhichThereIsNoRoom() {
    Bars days =
        new Bars(
            IntStream.rangeClosed(1, 60).mapToObj(day -> day + " Nov").toList(),
            List.of(
                new Bars.Series(
                    "gra", "hue-1", IntStream.range(0, 60).mapToObj(i -> 1.0).toList())),
            "EUR");
    Bars.Drawing drawing = drawn(days);
    assertThat(drawing.every()).isGreaterThan(1);
    assertThat(drawing.svg("n", (bucket, name, value) -> "", sum -> "SUM"))
        .contains(">1 Nov<")
        .doesNotContain(">2 Nov<")
        .doesNotContain("SUM");
  }

  @Test
  void escapesEveryWord() {
    Bars hostile =
        new Bars(
            List.of("<b>"),
            List.of(new Bars.Series("a\"&<script>", "hue-1", List.of(1.0))),
            "<unit>");
    String svg =
        drawn(hostile).svg("<name>", (bucket, name, value) -> bucket + name, sum -> "<sum>");
    assertThat(svg)
        .doesNotContain("<script>", "<b>", "<unit>", "<name>", "<sum>")
        .contains("a&quot;&amp;&lt;script&gt;");
  }

  private static Bars one(double value) {
    return new Bars(List.of("a"), List.of(new Bars.Series("gra", "hue-1", List.of(value))), "EUR");
  }

  private static Bars.Drawing drawn(Bars bars) {
    return bars.new Drawing(1000, 260, String::valueOf);
  }
}
