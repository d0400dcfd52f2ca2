package io.isthmus.domain.cloud;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a quota counts; units in the names. */
public enum LimitKind {
  INSTANCES,
  VCPUS,
  RAM_MIB,
  VOLUMES,
  VOLUME_GIB,
  NETWORKS,
  SUBNETS,
  PORTS,
  ROUTERS,
  SECURITY_GROUPS,
  SECURITY_GROUP_RULES,
  FLOATING_IPS,
  KEY_PAIRS,
  SERVER_GROUPS,
  LOAD_BALANCERS;

  /** As the API and the database name it, such as {@code ram_mib}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this {@link #text}; empty when there is none. */
  public static Optional<LimitKind> named(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }

  /** An argument of a phrase that names kinds: “security groups, ports”. */
  public static String names(List<LimitKind> kinds) {
    return Phrase.words(
        kinds.stream().map(kind -> "placement.room." + kind.text().replace('_', '-')).toList());
  }

  /** Amounts by kind as a JSON object, in the order of kinds. */
  public static JsonObject write(Map<LimitKind, Long> amounts) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    for (LimitKind kind : values()) {
      if (amounts.containsKey(kind)) {
        json.add(kind.text(), amounts.get(kind));
      }
    }
    return json.build();
  }

  /** The reverse of {@link #write}; a kind that is not known here is left out. */
  public static Map<LimitKind, Long> read(JsonObject json) {
    Map<LimitKind, Long> amounts = new EnumMap<>(LimitKind.class);
    for (LimitKind kind : values()) {
      if (json.get(kind.text()) instanceof JsonNumber amount) {
        amounts.put(kind, amount.longValue());
      }
    }
    return amounts;
  }
}
