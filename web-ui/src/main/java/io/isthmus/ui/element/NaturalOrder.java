package io.isthmus.ui.element;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders names as people count: “web/2” before “web/10”. */
public final class NaturalOrder implements Comparator<String> {

  public static final NaturalOrder OF_NAMES = new NaturalOrder();

  private static final Pattern PIECE = Pattern.compile("\\d+|\\D+");

  private NaturalOrder() {}

  @Override
  public int compare(String one, String other) {
    Matcher ones = PIECE.matcher(one);
    Matcher others = PIECE.matcher(other);
    while (true) {
      boolean more = ones.find();
      if (!more || !others.find()) {
        return more ? 1 : others.find() ? -1 : one.compareTo(other);
      }
      int difference = comparePieces(ones.group(), others.group());
      if (difference != 0) {
        return difference;
      }
    }
  }

  private static int comparePieces(String one, String other) {
    boolean numbers = isNumber(one) && isNumber(other);
    return numbers ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
  }

  private static boolean isNumber(String piece) {
    return Character.isDigit(piece.charAt(0));
  }
}
