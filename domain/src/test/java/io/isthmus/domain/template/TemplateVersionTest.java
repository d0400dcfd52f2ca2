package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemplateVersionTest {

  @Test
  void knowsHeatsAliasesAndNoOthers() {
    assertThat(TemplateVersion.find("queens")).contains(TemplateVersion.V2018_03_02);
    assertThat(TemplateVersion.find("2021-04-16")).contains(TemplateVersion.V2021_04_16);
    assertThat(TemplateVersion.find("stein")).isEmpty();
    assertThat(TemplateVersion.find("mitaka")).isEmpty();
  }

  @Test
  void addsAndTakesFunctionsAsHeatDoes() {
    assertThat(TemplateVersion.V2013_05_23.functions()).hasSize(16).contains("Ref", "Fn::Select");
    assertThat(TemplateVersion.V2014_10_16.functions()).hasSize(8).contains("Fn::Select");
    assertThat(TemplateVersion.V2015_10_15.functions())
        .doesNotContain("Fn::Select")
        .contains("str_split", "repeat");
    assertThat(TemplateVersion.V2018_08_31.functions())
        .contains("str_replace_vstrict", "yaql", "make_url")
        .doesNotContain("string_replace_vstrict");
  }
}
