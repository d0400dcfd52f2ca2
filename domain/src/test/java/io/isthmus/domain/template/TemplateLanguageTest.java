package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateLanguageTest {

  private final TemplateLanguage language = new TemplateLanguage();

  @Test
  void everyPropertyAndAttributeSaysWhatItIs() {
    for (ResourceType type : language.types()) {
      described(type.name(), type.properties());
      type.attributes()
          .forEach((name, text) -> assertThat(text).as(type.name() + " " + name).isNotBlank());
      assertThat(language.require(type.name())).isSameAs(type);
    }
  }

  private static void described(String path, Map<String, PropertySchema> schemas) {
    schemas.forEach(
        (name, schema) -> {
          if (!name.equals("*")) {
            assertThat(schema.description()).as(path + " " + name).isNotBlank();
          }
          described(path + " " + name, schema.members());
        });
  }

  @Test
  void functionsAreThoseThatAreNewInTheirVersion() {
    assertThat(language.functions())
        .contains(
            new TemplateLanguage.Function("get_param", "2013-05-23"),
            new TemplateLanguage.Function("list_concat", "2017-09-01"));
  }

  @Test
  void aTypeThatThereIsNotIsToldByName() {
    assertThatThrownBy(() -> language.require("OS::Nova::Serve"))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("OS::Nova::Serve");
  }
}
