package io.isthmus.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferencesTest {

  @ParameterizedTest(name = "{0} for {1} is {2}")
  @CsvSource(
      value = {
        "en; en-GB fr; en-GB",
        "en; en; en",
        "en; de-DE en-US; en-US",
        "en; de-DE; en-DE",
        "en; ja-JP; en-150",
        "fr; en-CA fr-FR; fr-FR",
        "fr; en-CA; fr-CA",
        "fr; en-US; fr",
        "fr; ; fr",
      },
      delimiter = ';')
  void writesAsPeopleDoWhereTheReaderLives(String language, String asked, String expected) {
    List<Locale> browser =
        asked == null
            ? List.of()
            : Arrays.stream(asked.split(" ")).map(Locale::forLanguageTag).toList();

    assertThat(Preferences.inCountry(Locale.forLanguageTag(language), browser).toLanguageTag())
        .isEqualTo(expected);
  }
}
