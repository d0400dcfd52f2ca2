package io.isthmus.domain.stack;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names for what the template does not name: what was taken over keeps the one it came with. */
public final class PhysicalNames {

  private static final int LONGEST = 63;
  private static final Pattern UNFIT = Pattern.compile("[^a-z0-9-]+");

  private PhysicalNames() {}

  /** {@code shop-web-0-1a2b3c4d}, the end from the stack's id, fit for a host name; or as above. */
  public static String of(Stack stack, StackPart part) {
    return part.state().cameAs().orElseGet(() -> made(stack, part));
  }

  private static String made(Stack stack, StackPart part) {
    String tail = "-" + stack.id().toString().substring(0, 8);
    String head = (stack.name() + "-" + part.id().resource()).toLowerCase(Locale.ROOT);
    head = UNFIT.matcher(head).replaceAll("-");
    if (head.length() + tail.length() > LONGEST) {
      // What is cut off is told apart by a number made from the whole.
      String rest = "-" + Integer.toHexString(head.hashCode());
      head = head.substring(0, LONGEST - tail.length() - rest.length()) + rest;
    }
    return head + tail;
  }
}
