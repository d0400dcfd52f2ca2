package io.isthmus.ui.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.CostDifference;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.placement.ResourceChange.Kind;
import io.isthmus.ui.element.Formats;
import io.isthmus.ui.shell.Messages;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UpdateWordsTest {

  private static final List<ResourceChange> CHANGES =
      List.of(
          change("net", Kind.UNCHANGED, Optional.empty()),
          change("web/1", Kind.ADDED, Optional.empty()),
          change("web/0", Kind.UPDATED, Optional.of("stack.update.moved-server")),
          change("db", Kind.REPLACED, Optional.of("stack.update.moved-server")));

  private static ResourceChange change(String resource, Kind kind, Optional<String> interruption) {
    return new ResourceChange(
        resource,
        "OS::Nova::Server",
        kind,
        List.of(),
        List.of(),
        List.of(),
        interruption.map(Phrase::of));
  }

  private static UpdateWords in(Locale locale) {
    Messages messages = new Messages();
    return new UpdateWords(
        (key, arguments) -> messages.getTranslation(key, locale, arguments),
        new Formats(locale, ZoneOffset.UTC),
        locale);
  }

  private static CostDifference costs(String hourly, boolean whole) {
    return new CostDifference(
        new TreeMap<>(Map.of("EUR", new BigDecimal(hourly))), List.of(), whole);
  }

  @Test
  void countsWhatLosesMostFirst() {
    assertThat(in(Locale.ENGLISH).counts(CHANGES))
        .isEqualTo("1 replaced · 1 updated in place · 1 added · 1 unchanged");
    assertThat(in(Locale.FRENCH).counts(CHANGES)).startsWith("1 remplacée · ");
  }

  @Test
  void namesWhatIsInterruptedAndCountsTheRest() {
    String what = Phrase.of("stack.update.moved-server").in(Locale.ENGLISH);
    assertThat(in(Locale.ENGLISH).interruptions(CHANGES, 2))
        .containsExactly("db: " + what, "web/0: " + what);
    assertThat(in(Locale.ENGLISH).interruptions(CHANGES, 1))
        .containsExactly("db: " + what, "and 1 more, in the plan");
    assertThat(in(Locale.ENGLISH).interruptions(CHANGES.subList(0, 2), 1)).isEmpty();
  }

  @Test
  void tellsWhatItCostsMoreOrLessAndWhatIsNotKnown() {
    UpdateWords words = in(Locale.ENGLISH);
    assertThat(words.cost(costs("0.05", true))).startsWith("+").contains("per hour");
    assertThat(words.cost(costs("-0.05", false))).startsWith("−").contains("not every price");
    assertThat(words.cost(costs("0", true))).isEqualTo("It costs as much as before.");
    assertThat(words.cost(costs("0.00", false))).contains("not every price is known");
  }
}
