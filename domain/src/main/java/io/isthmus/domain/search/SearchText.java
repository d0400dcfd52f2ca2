package io.isthmus.domain.search;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.Cidr;
import java.util.Locale;
import java.util.Optional;

/**
 * What is searched for, and what it can be.
 *
 * @param text 2 to 200 characters, none of them a control character
 */
public record SearchText(String text) {

  public static final int SHORTEST = 2;
  public static final int LONGEST = 200;

  private static final String ADDRESS = "[0-9a-fA-F]*[.:][0-9a-fA-F.:]*";

  public SearchText {
    text = text.strip();
    if (text.length() < SHORTEST || text.length() > LONGEST) {
      throw FederationFault.invalid(
          "q", Phrase.of("search.length", text.length(), SHORTEST, LONGEST));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw FederationFault.invalid("q", Phrase.of("search.control"));
    }
  }

  /** Whether an id can begin so. */
  public boolean canBeId() {
    return text.matches("[0-9a-zA-Z_-]{4,}");
  }

  /** How an address begins: {@code 10.4.}, {@code fd00:}; empty when none can begin so. */
  public Optional<String> beginningOfAddress() {
    return text.matches(ADDRESS) ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  /** A prefix in which addresses may lie: {@code 10.4.0.0/16}. */
  public Optional<Cidr> prefix() {
    return Cidr.parse(text);
  }
}
