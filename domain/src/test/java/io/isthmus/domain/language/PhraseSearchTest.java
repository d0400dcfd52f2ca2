package io.isthmus.domain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Words are looked for in the language of who looks. */
class PhraseSearchTest {

  private static Set<String> keys(String word, Locale locale) {
    return PhraseSearch.of(word, locale).words().get(0).keys();
  }

  @Test
  void knowsThePhrasesThatHaveAWordInTheReadersLanguage() {
    assertThat(keys("READY", Locale.ENGLISH)).contains("stack.created");
    assertThat(keys("READY", Locale.ENGLISH)).doesNotContain("stack.deleted");
    assertThat(keys("création", Locale.FRENCH)).contains("stack.create-failed");
    assertThat(keys("création", Locale.ENGLISH)).isEmpty();
  }

  @Test
  void takesNamesOfArgumentsForNoWords() {
    assertThat(keys("{1}", Locale.ENGLISH)).isEmpty();
    assertThat(keys("choice", Locale.ENGLISH)).noneMatch(key -> key.startsWith("stack."));
  }

  @Test
  void looksForEachWordAndForNothingInABlankText() {
    assertThat(PhraseSearch.of("  web \u0000 gra\t", Locale.ENGLISH).words())
        .extracting(PhraseSearch.Word::text)
        .containsExactly("web", "gra");
    assertThat(PhraseSearch.of(" ", Locale.ENGLISH)).isEqualTo(PhraseSearch.ALL);
    assertThat(PhraseSearch.of("a b c d e f g h i j", Locale.ENGLISH).words()).hasSize(8);
  }
}
