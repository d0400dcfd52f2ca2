package io.isthmus.domain.image;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of texts what of an address is a secret. */
final class AddressWords {

  /** In words: scheme, user, the rest up to the question mark, and what follows it. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)\\b(https?://)(?:[^\\s\"'<>/?#@]*@)?([^\\s\"'<>?#]*)(\\?[^\\s\"'<>]*)?");

  /** Shorter ones are found by chance. */
  private static final int SHORTEST = 6;

  private AddressWords() {}

  /** Without query and fragment. */
  static String withoutEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '?' || c == '#') {
        return text.substring(0, i) + c + "…";
      }
    }
    return text;
  }

  /** Where nobody knows what is a user and what is not, nothing is told but the scheme. */
  static String masked(String text) {
    if (text.indexOf('@') < 0) {
      return text;
    }
    int scheme = text.indexOf("://");
    int end = scheme < 0 ? -1 : scheme + 3;
    return end < 0 || text.indexOf('@') < end ? "…" : text.substring(0, end) + "…";
  }

  static String hidden(Optional<URI> source, String text) {
    String without = text;
    if (source.isPresent()) {
      URI at = source.get();
      String shown = ImageSources.shown(at);
      without = without.replace(at.toString(), shown).replace(at.toASCIIString(), shown);
      if (at.getRawQuery() != null && at.getRawQuery().length() >= SHORTEST) {
        without = without.replace(at.getRawQuery(), "…").replace(at.getQuery(), "…");
      }
    }
    return ADDRESS
        .matcher(without)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) + found.group(2) + (found.group(3) == null ? "" : "?…")));
  }
}
