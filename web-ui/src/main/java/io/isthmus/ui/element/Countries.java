package io.isthmus.ui.element;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Countries and blocs in the reader's language. */
public final class Countries {

  private Countries() {}

  /** The name with its code; a bloc, which has no name there, by its code alone. */
  public static String name(String code) {
    String name = new Locale("", code).getDisplayCountry(Reader.locale());
    return name.isEmpty() || name.equals(code) ? code : name + " (" + code + ")";
  }

  public static String names(Collection<String> codes) {
    return codes.stream().sorted().map(Countries::name).collect(Collectors.joining(", "));
  }
}
