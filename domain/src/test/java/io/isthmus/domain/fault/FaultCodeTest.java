package io.isthmus.domain.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultCodeTest {

  @ParameterizedTest
  @EnumSource
  void hasATitleInBothLanguages(FaultCode code) {
    Phrase title = Phrase.of("fault.title." + code.text());
    assertThat(title.in(Locale.ENGLISH)).doesNotContain("fault.title");
    assertThat(title.in(Locale.FRENCH)).isNotEqualTo(title.in(Locale.ENGLISH));
  }
}
