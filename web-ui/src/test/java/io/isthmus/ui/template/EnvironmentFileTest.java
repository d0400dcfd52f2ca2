package io.isthmus.ui.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.Environment;
import io.isthmus.domain.template.EnvironmentParser;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.ParameterValues;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentFileTest {

  private static final TemplateSource TEMPLATE =
      new TemplateSource(
          """
          heat_template_version: 2018-08-31
          parameters:
            count: {type: number}
            names: {type: comma_delimited_list}
            secret: {type: string, hidden: true}
          """,
          Map.of(),
          Map.of("My::*", "tier.yaml"));

  private static final JsonObject SHOWN =
      Json.createObjectBuilder()
          .add("secret", ParameterValues.MASK)
          .add("names", Json.createArrayBuilder().add("it's: a \"b\"").add("c"))
          .add("count", 3)
          .build();

  @Test
  void tellsValuesAndTypesAndNamesWhatItLeavesOut() {
    assertThat(EnvironmentFile.text(TEMPLATE, SHOWN))
        .isEqualTo(
            """
            # hidden: secret
            parameters:
              count: 3
              names: ["it's: a \\"b\\"","c"]
            resource_registry:
              "My::*": "tier.yaml"
            """);
  }

  @Test
  void readsBackAsItWas() {
    Environment read = new EnvironmentParser().parse(EnvironmentFile.text(TEMPLATE, SHOWN));
    assertThat(read.registry()).isEqualTo(TEMPLATE.registry());
    assertThat(
            read.apply(
                new HotParser().parse(TemplateSource.of(TEMPLATE.text())),
                JsonValue.EMPTY_JSON_OBJECT))
        .isEqualTo(Json.createObjectBuilder(SHOWN).remove("secret").build());
  }

  @Test
  void isEmptyWhereThereIsNothingToTell() {
    assertThat(EnvironmentFile.text(TemplateSource.of("t"), JsonValue.EMPTY_JSON_OBJECT)).isEmpty();
  }

  @Test
  void tellsNoValueWhenItCannotTellWhichAreHidden() {
    assertThat(EnvironmentFile.text(TemplateSource.of("no template"), SHOWN))
        .isEqualTo("# hidden: secret, names, count\n");
  }
}
