package io.isthmus.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure that a caller can be told has a page of its own in both languages. */
class ProblemTypesTest {

  private static final Pattern ASK_AGAIN =
      Pattern.compile("(ask|try) again|again later", Pattern.CASE_INSENSITIVE);

  @ParameterizedTest
  @ValueSource(strings = {"en", "fr"})
  void saysOfEachTypeWhatItMeansAndWhatToDo(String language) {
    Locale locale = new Locale(language);
    Set<String> told = new HashSet<>();
    for (FaultCode code : FaultCode.values()) {
      for (Phrase phrase : List.of(Problems.meaning(code), Problems.remedy(code))) {
        String words = phrase.in(locale);
        assertThat(words).as(phrase.key()).doesNotStartWith("fault.").hasSizeGreaterThan(15);
        assertThat(told.add(words)).as("told of two types: " + words).isTrue();
      }
    }
  }

  /** The page has both sentences one after the other. */
  @ParameterizedTest
  @EnumSource
  void doesNotSayThatAskingAgainIsUselessWhereTheRemedyIsToAskAgain(FaultCode code) {
    boolean toAskAgain = ASK_AGAIN.matcher(Problems.remedy(code).in(Locale.ENGLISH)).find();

    assertThat(code.repeat() != FaultCode.Repeat.FAILS_AGAIN || !toAskAgain)
        .as(Problems.remedy(code).toString())
        .isTrue();
    assertThat(Problems.repeat(code).in(Locale.FRENCH)).contains("edemand");
  }
}
