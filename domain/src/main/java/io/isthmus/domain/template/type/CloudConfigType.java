package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.map;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Configuration for cloud-init, written as a map.
 *
 * @see "openstack/heat heat/engine/resources/openstack/heat/cloud_config.py"
 */
final class CloudConfigType extends ConfigType {

  private static final String CLOUD_CONFIG = "cloud_config";

  CloudConfigType() {
    super("OS::Heat::CloudConfig");
    properties(map(CLOUD_CONFIG, "What cloud-init shall do, such as packages and runcmd."));
  }

  @Override
  public String config(JsonObject properties) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    JsonValue config = properties.getOrDefault(CLOUD_CONFIG, JsonValue.EMPTY_JSON_OBJECT);
    return "#cloud-config\n" + new Yaml(options).dump(plain(config));
  }

  private static Object plain(JsonValue value) {
    if (value instanceof JsonObject object) {
      Map<String, Object> map = new LinkedHashMap<>();
      object.forEach((key, part) -> map.put(key, plain(part)));
      return map;
    }
    if (value instanceof JsonArray array) {
      List<Object> list = new ArrayList<>();
      array.forEach(part -> list.add(plain(part)));
      return list;
    }
    if (value instanceof JsonNumber number) {
      return number.isIntegral() ? number.bigIntegerValue() : (Object) number.doubleValue();
    }
    if (value instanceof JsonString text) {
      return text.getString();
    }
    return value.equals(JsonValue.NULL) ? null : value.equals(JsonValue.TRUE);
  }
}
