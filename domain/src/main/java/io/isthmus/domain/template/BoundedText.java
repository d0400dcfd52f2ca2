package io.isthmus.domain.template;

/** A text that may be looked at only so often, so that no pattern keeps a thread busy for ever. */
final class BoundedText implements CharSequence {

  /** Says that a pattern needs too many steps on a text. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final int MAX_LOOKS = 2_000_000;

  private final CharSequence text;
  private final int[] looks;

  BoundedText(CharSequence text) {
    this(text, new int[1]);
  }

  private BoundedText(CharSequence text, int[] looks) {
    this.text = text;
    this.looks = looks;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++looks[0] > MAX_LOOKS) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new BoundedText(text.subSequence(start, end), looks);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
