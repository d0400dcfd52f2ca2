package io.isthmus.domain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A phrase inside a phrase is told in the same language, whatever was kept in between. */
class PhraseTest {

  private static final Phrase INNER = Phrase.of("driver.failed", "gra", "ERROR", "No valid host");
  private static final Phrase OUTER =
      Phrase.of("stack.create-failed", "Server", "web", "gra / GRA-1", INNER);

  @Test
  void tellsThePhraseInsideInTheReadersLanguage() {
    assertThat(OUTER.in(Locale.ENGLISH))
        .isEqualTo(
            "Server web could not be created in gra / GRA-1. Cloud gra reports ERROR: “No valid"
                + " host”.");
    assertThat(OUTER.in(Locale.FRENCH))
        .isEqualTo(
            "Server web\u00a0: échec de la création dans gra / GRA-1. Le cloud gra annonce ERROR\u00a0:"
                + " «\u00a0No valid host\u00a0».");
  }

  @Test
  void keepsThePhraseInsideWhereItIsStored() {
    assertThat(PhraseJson.read(PhraseJson.write(OUTER))).isEqualTo(OUTER);
  }

  @Test
  void takesWordsFromOutsideThatLookLikeAPhraseForWords() {
    for (String words :
        new String[] {"phrase:", "phrase:{}", "phrase:{\"key\":\"?\"}", "phrase:[]"}) {
      assertThat(Phrase.verbatim(words).in(Locale.FRENCH)).isEqualTo(words);
    }
  }

  @Test
  void writesNumbersInTheReadersLanguageAndTakesOthersForWords() {
    assertThat(Phrase.verbatim(Phrase.number(1601)).in(Locale.ENGLISH)).isEqualTo("1,601");
    Phrase decimal = Phrase.verbatim(Phrase.number(new BigDecimal("3.10")));
    assertThat(decimal.in(Locale.ENGLISH)).isEqualTo("3.10");
    assertThat(decimal.in(Locale.FRENCH)).isEqualTo("3,10");
    for (String words : new String[] {"number:", "number:1e999999999", "number:x", "number:-"}) {
      assertThat(Phrase.verbatim(words).in(Locale.ENGLISH)).isEqualTo(words);
    }
  }

  @Test
  void saysHowManyMoreThereAre() {
    assertThat(Phrase.names(List.of("a", "b"), 2)).isEqualTo("a, b");
    Phrase more = Phrase.of("language.verbatim", Phrase.names(List.of("a", "b", "c", "d"), 2));
    assertThat(more.in(Locale.ENGLISH)).isEqualTo("a, b and 2 more");
    assertThat(more.in(Locale.FRENCH)).isEqualTo("a, b et 2 de plus");
  }

  @Test
  void namesSeveralThingsInTheReadersLanguage() {
    Phrase phrase =
        Phrase.verbatim(Phrase.words(List.of("placement.room.networks", "placement.room.ports")));
    assertThat(phrase.in(Locale.ENGLISH)).isEqualTo("networks, ports");
    assertThat(phrase.in(Locale.FRENCH)).isEqualTo("réseaux, ports");
    assertThat(Phrase.verbatim("words: none of ours").in(Locale.ENGLISH))
        .as("from outside")
        .isEqualTo("words: none of ours");
  }
}
