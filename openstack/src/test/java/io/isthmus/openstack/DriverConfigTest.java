package io.isthmus.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

class DriverConfigTest {

  private static List<ConfigProperty> settings() {
    return Arrays.stream(DriverConfig.Reader.class.getDeclaredFields())
        .map((Field field) -> field.getAnnotation(ConfigProperty.class))
        .toList();
  }

  @Test
  void everySettingIsInTheOperatorsGuideWithItsDefault() throws IOException {
    List<String> guide = Files.readAllLines(Path.of("..", "docs", "operator-guide.md"));
    assertThat(settings())
        .hasSize(DriverConfig.class.getRecordComponents().length)
        .allSatisfy(
            setting ->
                assertThat(guide)
                    .filteredOn(line -> line.contains('`' + setting.name() + '`'))
                    .as(setting.name())
                    .singleElement()
                    .asString()
                    .contains(setting.defaultValue()));
  }

  @Test
  void aSettingThatCannotBeIsNamedAtTheStart() {
    DriverConfig config = DriverConfig.defaults();
    assertThatThrownBy(
            () ->
                new DriverConfig(
                    config.connectTimeout(),
                    config.idleTimeout(),
                    config.totalTimeout(),
                    config.concurrency(),
                    config.uploads(),
                    config.retries(),
                    config.longestRetryAfter(),
                    Duration.ZERO,
                    config.circuitFailures(),
                    config.circuitPause(),
                    config.maxResponseBytes(),
                    config.pageSize(),
                    config.tokenRenewal(),
                    config.lookMaxAge()))
        .hasMessage("isthmus.driver.longest-rest must be longer than nothing, not PT0S");
  }
}
