package io.isthmus.ui.widget;

/**
 * A cloud's colour: one of eight that people with any kind of colour vision tell apart. A cloud
 * keeps its own on the map, in graphs, chips and charts.
 *
 * @param number from 1 to 8
 */
public record Hue(int number) {
  public static final int COUNT = 8;

  public Hue {
    if (number < 1 || number > COUNT) {
      throw new IllegalArgumentException("A hue is from 1 to " + COUNT + ", not " + number);
    }
  }

  /** The hue of the cloud that came into the federation at this place, counted from 0. */
  public static Hue ofPlace(int place) {
    return new Hue(Math.floorMod(place, COUNT) + 1);
  }

  /** The theme's class that gives an element this hue, as its {@code --hue}. */
  public String cssClass() {
    return "hue-" + number;
  }
}
