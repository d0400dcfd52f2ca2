package io.isthmus.domain.template;

import io.isthmus.domain.fault.FederationFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is given, the parser answers or refuses in its own words. */
class HotParserRobustnessTest {

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) {
    parse("heat_template_version: 2018-08-31\n" + text);
    parse(text);
  }

  private static final String FUNCTIONS =
      """
      heat_template_version: wallaby
      parameters: {stage: {type: string, default: test}, ports: {type: comma_delimited_list, default: "80,443"}}
      conditions: {prod: {equals: [{get_param: stage}, prod]}, small: {not: prod}, both: {or: [prod, small]}}
      resources:
        web:
          type: OS::Nova::Server
          condition: both
          properties:
            image: i
            flavor: {if: [prod, large, {str_split: [",", "a,b", 0]}]}
            name: {digest: [sha256, {list_join: ["-", [a, b]]}]}
            security_groups: {list_concat_unique: [[a], {repeat: {template: "p-%p%", for_each: {"%p%": {get_param: ports}}}}]}
            metadata: {map_merge: [{a: b}, {if: [small, {c: d}]}]}
      outputs: {o: {condition: prod, value: {get_attr: [web, {if: [prod, name]}]}}}
      """;

  @Property(tries = 1500)
  void damagedFunctionsAreReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int cuts) {
    damage(FUNCTIONS, seed, cuts);
  }

  @Property(tries = 1500)
  void aDamagedSampleIsReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int cuts) throws IOException {
    damage(Files.readString(Path.of("..", "samples", "shop", "template.yaml")), seed, cuts);
  }

  private static void damage(String text, long seed, int cuts) {
    Random random = new Random(seed);
    StringBuilder damaged = new StringBuilder(text);
    String noise = "{}[]:,-&*!|>'\"%@ \nabc0.get_attr";
    for (int i = 0; i < cuts; i++) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(4)) {
        case 0 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(20)));
        case 1 -> damaged.insert(at, noise.charAt(random.nextInt(noise.length())));
        case 2 -> damaged.setCharAt(at, noise.charAt(random.nextInt(noise.length())));
        default -> {
          int from = random.nextInt(damaged.length());
          int to = Math.min(damaged.length(), from + random.nextInt(60));
          damaged.insert(at, damaged.substring(from, to));
        }
      }
    }
    parse(damaged.toString());
  }

  private static void parse(String text) {
    try {
      HotTemplate template = new HotParser().parse(TemplateSource.of(text));
      ResourceGraph graph =
          template.graph(template.bind(Map.of(), new PseudoParameters("s", "i", "p")));
      graph.nodes().forEach(ResourceNode::knownProperties);
    } catch (FederationFault expected) {
      // Told in words.
    }
  }
}
