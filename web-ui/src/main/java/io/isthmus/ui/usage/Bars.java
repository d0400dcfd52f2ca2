package io.isthmus.ui.usage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Stacked bars as SVG: where each piece, tick and word goes. Pure, so that it can be looked into
 * without a browser.
 *
 * @param buckets words under the bars, in order
 * @param series from the foot of each bar up
 * @param unit of the axis
 */
record Bars(List<String> buckets, List<Series> series, String unit) {

  private static final int TICKS = 4;
  private static final int FOOT = 24;
  private static final int HEAD = 28;
  private static final int CHARACTER = 7;
  private static final int LINE = 16;
  private static final int GAP = 8;
  private static final int LONGEST_NAME = 14;
  private static final double WIDEST_BAR = 48;
  private static final double BAR_SHARE = 0.72;
  private static final int NARROWEST_FOR_SUMS = 52;

  /** Lengths of steps on the axis, by powers of ten. */
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /**
   * One colour.
   *
   * @param hue the theme's class
   * @param values one for each bucket, from 0
   */
  record Series(String name, String hue, List<Double> values) {

    Series {
      values = List.copyOf(values);
    }
  }

  /** A piece of a bar, in pixels from the top left. */
  record Piece(int series, int bucket, double x, double y, double width, double height) {}

  /** A name beside the last bar, at the middle of its piece. */
  record Label(int series, double y) {}

  Bars {
    buckets = List.copyOf(buckets);
    series = List.copyOf(series);
  }

  double sum(int bucket) {
    return series.stream().mapToDouble(one -> one.values().get(bucket)).sum();
  }

  private double highest() {
    double highest = 0;
    for (int i = 0; i < buckets.size(); i++) {
      highest = Math.max(highest, sum(i));
    }
    return highest;
  }

  /** What is written on the axis: from 0 to the first round number that no bar exceeds. */
  List<Double> ticks() {
    double highest = highest();
    if (highest <= 0) {
      return List.of(0.0, 1.0);
    }
    double step = step(highest / TICKS);
    List<Double> ticks = new ArrayList<>();
    // Nearly reached is reached, as sums of doubles are not exact.
    for (int i = 0; ticks.isEmpty() || ticks.get(ticks.size() - 1) < highest - step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double each : STEPS) {
      if (each * power >= least * (1 - 1e-9)) {
        return each * power;
      }
    }
    return 10 * power;
  }

  /** Where everything is in a picture of a size. */
  final class Drawing {

    private final int width;
    private final int height;
    private final List<Double> ticks = ticks();
    private final List<String> tickWords;
    private final int left;
    private final int right;

    Drawing(int width, int height, DoubleFunction<String> number) {
      this.width = width;
      this.height = height;
      this.tickWords = ticks.stream().map(number::apply).toList();
      this.left = tickWords.stream().mapToInt(String::length).max().orElse(1) * CHARACTER + GAP;
      this.right =
          series.stream().mapToInt(one -> shortened(one.name()).length()).max().orElse(0)
                  * CHARACTER
              + 3 * GAP;
    }

    private double slot() {
      return (double) (width - left - right) / Math.max(1, buckets.size());
    }

    private double bar() {
      return Math.min(WIDEST_BAR, slot() * BAR_SHARE);
    }

    private double y(double value) {
      double highest = ticks.get(ticks.size() - 1);
      return HEAD + (height - HEAD - FOOT) * (1 - value / highest);
    }

    private double middle(int bucket) {
      return left + slot() * (bucket + 0.5);
    }

    List<Piece> pieces() {
      List<Piece> pieces = new ArrayList<>();
      for (int bucket = 0; bucket < buckets.size(); bucket++) {
        double below = 0;
        for (int one = 0; one < series.size(); one++) {
          double value = series.get(one).values().get(bucket);
          if (value > 0) {
            double top = y(below + value);
            pieces.add(
                new Piece(one, bucket, middle(bucket) - bar() / 2, top, bar(), y(below) - top));
            below += value;
          }
        }
      }
      return pieces;
    }

    /** From the top down, none over another. */
    List<Label> labels() {
      List<Piece> pieces = pieces();
      List<Label> wanted = new ArrayList<>();
      for (int one = 0; one < series.size(); one++) {
        int which = one;
        pieces.stream()
            .filter(piece -> piece.series() == which)
            .max(Comparator.comparingInt(Piece::bucket))
            .ifPresent(last -> wanted.add(new Label(which, last.y() + last.height() / 2)));
      }
      wanted.sort(Comparator.comparingDouble(Label::y));
      List<Label> placed = new ArrayList<>();
      double free = HEAD;
      double foot = height - FOOT;
      for (int i = 0; i < wanted.size(); i++) {
        // Leaves room for those that come below.
        double lowest = foot - (wanted.size() - 1 - i) * LINE;
        double y = Math.min(lowest, Math.max(free, wanted.get(i).y()));
        placed.add(new Label(wanted.get(i).series(), y));
        free = y + LINE;
      }
      return placed;
    }

    /** Every how many bars there is room for words. */
    int every() {
      int longest = buckets.stream().mapToInt(String::length).max().orElse(1);
      return (int) Math.max(1, Math.ceil((longest + 1) * CHARACTER / slot()));
    }

    /**
     * @param name of the picture
     * @param words what a piece says of itself
     * @param sums what stands above a bar
     */
    String svg(String name, Words words, DoubleFunction<String> sums) {
      StringBuilder svg = new StringBuilder();
      svg.append(
          String.format(
              Locale.ROOT,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                  + " aria-label=\"%s\">",
              width,
              height,
              escaped(name)));
      text(svg, "chart-unit", 0, 12, "start", unit);
      for (int i = 0; i < ticks.size(); i++) {
        double y = y(ticks.get(i));
        svg.append(
            String.format(
                Locale.ROOT,
                "<line class=\"chart-line\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                left,
                width - right,
                y,
                y));
        text(svg, "", left - GAP / 2.0, y + 4, "end", tickWords.get(i));
      }
      for (Piece piece : pieces()) {
        Series of = series.get(piece.series());
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.2f\" width=\"%.1f\" height=\"%.2f\">"
                    + "<title>%s</title></rect>",
                of.hue(),
                piece.x(),
                piece.y(),
                piece.width(),
                piece.height(),
                escaped(
                    words.of(
                        buckets.get(piece.bucket()), of.name(), of.values().get(piece.bucket())))));
      }
      int every = every();
      for (int i = 0; i < buckets.size(); i++) {
        if (i % every == 0) {
          text(svg, "", middle(i), height - GAP, "middle", buckets.get(i));
        }
        if (slot() >= NARROWEST_FOR_SUMS && sum(i) > 0) {
          text(svg, "chart-sum", middle(i), y(sum(i)) - 4, "middle", sums.apply(sum(i)));
        }
      }
      for (Label label : labels()) {
        Series of = series.get(label.series());
        text(
            svg,
            "chart-name " + of.hue(),
            width - right + GAP,
            label.y() + 4,
            "start",
            shortened(of.name()));
      }
      return svg.append("</svg>").toString();
    }

    private static void text(
        StringBuilder svg, String css, double x, double y, String anchor, String words) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
              css,
              x,
              y,
              anchor,
              escaped(words)));
    }

    private static String shortened(String name) {
      return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
  }

  /** What a piece says of itself. */
  @FunctionalInterface
  interface Words {
    String of(String bucket, String series, double value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
