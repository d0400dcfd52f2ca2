package io.isthmus.domain.placement;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a rule says of failover and of probes. */
final class FailoverReader {

  static final List<String> KEYS = List.of("mode", "after", "tries", "probes", "on_return");
  static final List<String> MODES =
      List.of(Failover.Mode.NEVER.text(), Failover.Mode.STANDBY.text());
  static final List<String> ON_RETURN =
      Arrays.stream(Failover.OnReturn.values()).map(Failover.OnReturn::text).toList();
  static final List<String> KINDS =
      Arrays.stream(Probe.Kind.values()).map(Probe.Kind::text).toList();
  static final List<String> PROBE_KEYS = List.of("https", "http", "tcp", "port", "status");

  private static final List<String> MODES_LATER = List.of(Failover.Mode.ACTIVE_ACTIVE.text());

  private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,5})(s|m|h)");
  private static final int OK = 200;

  private final PolicyNodes nodes;

  FailoverReader(PolicyNodes nodes) {
    this.nodes = nodes;
  }

  Failover read(YamlNode.Mapping map, String pointer) {
    nodes.checkKeys(map, pointer, KEYS, List.of());
    map.find("mode").ifPresent(node -> checkMode(node, pointer + ".mode"));
    map.find("on_return").ifPresent(node -> checkOnReturn(node, pointer + ".on_return"));
    return new Failover(
        says(map, "mode", Failover.Mode.STANDBY.text())
            ? Failover.Mode.STANDBY
            : Failover.Mode.NEVER,
        map.find("after")
            .flatMap(node -> time(node, pointer + ".after"))
            .orElse(Failover.USUAL_AFTER),
        map.find("tries")
            .flatMap(node -> number(node, "tries", pointer + ".tries", 1, Failover.MOST_TRIES))
            .orElse(Failover.USUAL_TRIES),
        map.find("probes").map(node -> probes(node, pointer + ".probes")).orElse(List.of()),
        says(map, "on_return", Failover.OnReturn.REMOVE.text())
            ? Failover.OnReturn.REMOVE
            : Failover.OnReturn.ASK);
  }

  private static boolean says(YamlNode.Mapping map, String key, String word) {
    return map.find(key).filter(node -> PolicyNodes.says(node, word)).isPresent();
  }

  private void checkOnReturn(YamlNode node, String pointer) {
    if (ON_RETURN.stream().noneMatch(known -> PolicyNodes.says(node, known))) {
      nodes.wrong(
          pointer,
          node,
          Phrase.of("placement.policy.on-return-unknown", PolicyNodes.shown(node)),
          Phrase.of("placement.policy.one-of", String.join(", ", ON_RETURN)));
    }
  }

  private void checkMode(YamlNode node, String pointer) {
    if (MODES_LATER.stream().anyMatch(later -> PolicyNodes.says(node, later))) {
      nodes.wrong(
          pointer,
          node,
          Phrase.of("placement.policy.mode-not-performed", PolicyNodes.shown(node)),
          Phrase.of("placement.policy.mode-not-performed-remedy"));
    } else if (MODES.stream().noneMatch(known -> PolicyNodes.says(node, known))) {
      nodes.wrong(
          pointer,
          node,
          Phrase.of("placement.policy.mode-unknown", PolicyNodes.shown(node)),
          Phrase.of("placement.policy.one-of", String.join(", ", MODES)));
    }
  }

  private Optional<Duration> time(YamlNode node, String pointer) {
    Optional<Duration> read =
        node instanceof YamlNode.Scalar scalar ? time(scalar.text()) : Optional.empty();
    Optional<Duration> allowed =
        read.filter(time -> time.compareTo(Failover.LEAST_AFTER) >= 0)
            .filter(time -> time.compareTo(Failover.MOST_AFTER) <= 0);
    if (allowed.isEmpty()) {
      nodes.wrong(
          pointer,
          node,
          Phrase.of("placement.policy.not-a-time", "after", PolicyNodes.shown(node)),
          Phrase.of("placement.policy.not-a-time-remedy"));
    }
    return allowed;
  }

  private static Optional<Duration> time(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(parts.group(1));
    return Optional.of(
        switch (parts.group(2)) {
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        });
  }

  private Optional<Integer> number(YamlNode node, String key, String pointer, int least, int most) {
    if (node instanceof YamlNode.Scalar scalar
        && scalar.type() == YamlNode.Scalar.Type.INTEGER
        && scalar.text().matches("[1-9][0-9]{0,4}")) {
      int number = Integer.parseInt(scalar.text());
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    }
    nodes.wrong(
        pointer,
        node,
        Phrase.of(
            "placement.policy.not-in-range",
            key,
            PolicyNodes.shown(node),
            String.valueOf(least),
            String.valueOf(most)));
    return Optional.empty();
  }

  private List<Probe> probes(YamlNode node, String pointer) {
    Optional<YamlNode.Sequence> list = nodes.filledList(node, pointer);
    if (list.filter(some -> some.items().size() > Failover.MOST_PROBES).isPresent()) {
      nodes.wrong(
          pointer,
          node,
          Phrase.of(
              "placement.policy.too-many-probes", list.get().items().size(), Failover.MOST_PROBES));
      return List.of();
    }
    Set<Probe> probes = new LinkedHashSet<>();
    List<YamlNode> items = list.map(YamlNode.Sequence::items).orElse(List.of());
    for (int i = 0; i < items.size(); i++) {
      String at = pointer + "." + i;
      nodes.map(items.get(i), at).flatMap(map -> probe(map, at)).ifPresent(probes::add);
    }
    return List.copyOf(probes);
  }

  private Optional<Probe> probe(YamlNode.Mapping map, String pointer) {
    nodes.checkKeys(map, pointer, PROBE_KEYS, List.of());
    List<Probe.Kind> kinds = new ArrayList<>();
    for (Probe.Kind kind : Probe.Kind.values()) {
      if (map.find(kind.text()).isPresent()) {
        kinds.add(kind);
      }
    }
    if (kinds.size() != 1) {
      nodes.wrong(
          pointer,
          map,
          Phrase.of(kinds.isEmpty() ? "placement.policy.probe-none" : "placement.policy.probe-two"),
          Phrase.of("placement.policy.probe-remedy"));
      return Optional.empty();
    }
    Probe.Kind kind = kinds.get(0);
    YamlNode asked = map.find(kind.text()).orElseThrow();
    return kind == Probe.Kind.TCP ? tcp(map, asked, pointer) : http(map, kind, asked, pointer);
  }

  private Optional<Probe> tcp(YamlNode.Mapping map, YamlNode port, String pointer) {
    for (String key : List.of("port", "status")) {
      map.find(key)
          .ifPresent(
              node ->
                  nodes.wrong(
                      pointer + "." + key,
                      node,
                      Phrase.of("placement.policy.probe-tcp-only", key),
                      Phrase.of("placement.policy.probe-remedy")));
    }
    return number(port, "tcp", pointer + ".tcp", 1, Probe.MOST_PORT).map(Probe::tcp);
  }

  private Optional<Probe> http(
      YamlNode.Mapping map, Probe.Kind kind, YamlNode asked, String pointer) {
    Optional<String> path =
        nodes
            .text(asked, pointer + "." + kind.text())
            .filter(text -> isPath(text, asked, pointer + "." + kind.text()));
    Optional<Integer> port =
        map.find("port").isEmpty()
            ? Optional.of(kind.usualPort())
            : map.find("port")
                .flatMap(node -> number(node, "port", pointer + ".port", 1, Probe.MOST_PORT));
    Optional<Integer> status =
        map.find("status").isEmpty()
            ? Optional.of(OK)
            : map.find("status")
                .flatMap(
                    node ->
                        number(
                            node,
                            "status",
                            pointer + ".status",
                            Probe.LEAST_STATUS,
                            Probe.MOST_STATUS));
    return path.isEmpty() || port.isEmpty() || status.isEmpty()
        ? Optional.empty()
        : Optional.of(new Probe(kind, port.get(), path.get(), status.get()));
  }

  private boolean isPath(String text, YamlNode node, String pointer) {
    boolean isPath = text.length() <= Probe.LONGEST_PATH && Probe.PATH.matcher(text).matches();
    if (!isPath) {
      nodes.wrong(
          pointer,
          node,
          Phrase.of("placement.policy.not-a-path", text),
          Phrase.of("placement.policy.not-a-path-remedy", Probe.LONGEST_PATH));
    }
    return isPath;
  }
}
