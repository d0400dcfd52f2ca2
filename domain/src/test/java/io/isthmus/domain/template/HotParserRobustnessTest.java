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

  @Property(tries = 1500)
  void aDamagedSampleIsReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int cuts) throws IOException {
    String text = Files.readString(Path.of("..", "samples", "shop", "template.yaml"));
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
