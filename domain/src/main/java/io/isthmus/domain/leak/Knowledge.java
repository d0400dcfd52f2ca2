package io.isthmus.domain.leak;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.mirror.MarkText;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.template.type.KeptImageType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What we know, read at one moment, by which things seen before it are judged. Pure. Intents are
 * written before clouds are asked, so whatever a list shows that we have asked for is known by a
 * reading that comes after the list.
 */
final class Knowledge {

  static final String SERVER = "OS::Nova::Server";
  static final String VOLUME = "OS::Cinder::Volume";
  static final String PORT = "OS::Neutron::Port";

  private final Set<StackId> stacks;
  private final Set<StackId> abandoned;
  private final Map<String, Map<String, List<KnownPart>>> byText = new HashMap<>();
  private final Map<String, List<KnownPart>> besides = new HashMap<>();
  private final Map<String, KnownCopy> copies = new HashMap<>();

  /**
   * @param stacks those that are ours, deleted ones too, as far as they were asked for
   * @param abandoned those of them that nobody knows any more: what carries their marks was left
   * @param parts all generations of all places of the marks in question
   * @param drivers by type, which tell the texts of marks
   */
  Knowledge(
      Set<StackId> stacks,
      Set<StackId> abandoned,
      Collection<KnownPart> parts,
      Collection<KnownCopy> copies,
      Function<String, Optional<MarkDriver>> drivers) {
    this.stacks = Set.copyOf(stacks);
    this.abandoned = Set.copyOf(abandoned);
    for (KnownPart part : parts) {
      Optional<MarkDriver> driver = drivers.apply(part.type());
      if (driver.isPresent()) {
        put(
            byText.computeIfAbsent(part.type(), type -> new HashMap<>()),
            driver.get().textOf(part.mark()),
            part);
        driver.get().besides(part.mark()).forEach(text -> put(besides, text, part));
      }
    }
    copies.forEach(copy -> this.copies.put(copy.mark(), copy));
  }

  private static void put(Map<String, List<KnownPart>> index, String text, KnownPart part) {
    index.computeIfAbsent(text, key -> new ArrayList<>()).add(part);
  }

  /**
   * Judges one thing.
   *
   * @param among all that were seen in the same region with the thing, by which doubles of what is
   *     made beside a server are told from what it uses
   */
  Verdict judge(CloudId cloud, String region, MarkedThing thing, Collection<MarkedThing> among) {
    if (thing.mark().isEmpty()) {
      return Verdict.of(Verdict.Kind.NOT_OURS);
    }
    if (thing.leaving()) {
      return Verdict.of(Verdict.Kind.ON_ITS_WAY);
    }
    String text = thing.mark().get();
    if (thing.type().equals(KeptImageType.NAME)) {
      return image(thing, text);
    }
    List<KnownPart> own = byText.getOrDefault(thing.type(), Map.of()).getOrDefault(text, List.of());
    Optional<Mark> mark = MarkText.parse(text);
    Optional<StackId> stack =
        own.isEmpty() ? mark.map(Mark::stack) : Optional.of(own.get(0).mark().stack());
    if (stack.filter(abandoned::contains).isPresent()) {
      return Verdict.of(Verdict.Kind.LEFT);
    }
    if (!own.isEmpty()) {
      return ofParts(own, cloud, region, thing);
    }
    if (mark.isEmpty()) {
      // A name that only ends like one of ours.
      return Verdict.of(Verdict.Kind.NOT_OURS);
    }
    if (!stacks.contains(mark.get().stack())) {
      return Verdict.of(
          Verdict.Kind.UNKNOWN,
          Optional.empty(),
          mark,
          Phrase.of("leak.unknown-stack", mark.get().stack()));
    }
    if (thing.type().equals(PORT)) {
      List<KnownPart> servers = serversOf(text);
      if (!servers.isEmpty()) {
        return beside(servers, cloud, region, thing, among);
      }
    }
    return Verdict.of(
        Verdict.Kind.LEAKED,
        Optional.empty(),
        mark,
        Phrase.of("leak.no-part", mark.get().resource(), mark.get().generation()));
  }

  private List<KnownPart> serversOf(String text) {
    int helper = text.indexOf('#');
    List<KnownPart> servers =
        helper < 0
            ? List.of()
            : byText
                .getOrDefault(SERVER, Map.of())
                .getOrDefault(text.substring(0, helper) + "]", List.of());
    return servers.isEmpty() ? besides.getOrDefault(text, List.of()) : servers;
  }

  private static Verdict ofParts(
      List<KnownPart> parts, CloudId cloud, String region, MarkedThing thing) {
    for (KnownPart part : parts) {
      // Whatever the place: regions can share a service, and a cloud can be a member twice.
      if (part.is(thing.id()) && !part.isGone()) {
        return Verdict.of(Verdict.Kind.KNOWN, part);
      }
    }
    for (KnownPart part : parts) {
      if (part.isLeft() && (part.isIn(cloud, region) || part.is(thing.id()))) {
        return Verdict.of(Verdict.Kind.LEFT, part);
      }
    }
    for (KnownPart part : parts) {
      if (part.isOnItsWay() && (part.isIn(cloud, region) || part.isBeingAsked())) {
        return Verdict.of(Verdict.Kind.ON_ITS_WAY, part);
      }
    }
    KnownPart nearest =
        parts.stream()
            .filter(part -> part.isIn(cloud, region))
            .findFirst()
            .orElseGet(() -> parts.get(0));
    if (thing.type().equals(VOLUME) && parts.stream().noneMatch(part -> part.is(thing.id()))) {
      // Cinder gives a volume that is restored from a backup the metadata of the one backed up.
      return Verdict.of(
          Verdict.Kind.UNKNOWN,
          Optional.of(nearest),
          Optional.of(nearest.mark()),
          Phrase.of(
              "leak.volume-restored",
              nearest.mark().resource(),
              nearest.stackName(),
              nearest.physicalId().orElse("-")));
    }
    return Verdict.of(
        Verdict.Kind.LEAKED,
        Optional.of(nearest),
        Optional.of(nearest.mark()),
        nearest.isGone()
            ? Phrase.of("leak.part-gone", nearest.mark().resource(), nearest.stackName())
            : nearest.isIn(cloud, region)
                ? Phrase.of(
                    "leak.double", nearest.mark().resource(), nearest.physicalId().orElse(""))
                : Phrase.of(
                    "leak.elsewhere",
                    nearest.mark().resource(),
                    nearest.cloud() + "/" + nearest.region()));
  }

  /** A port that was made for a server. */
  private static Verdict beside(
      List<KnownPart> servers,
      CloudId cloud,
      String region,
      MarkedThing port,
      Collection<MarkedThing> among) {
    for (KnownPart server : servers) {
      if (server.isLeft()) {
        return Verdict.of(Verdict.Kind.LEFT, server);
      }
      if (server.isOnItsWay()) {
        return Verdict.of(Verdict.Kind.ON_ITS_WAY, server);
      }
    }
    for (KnownPart server : servers) {
      if (server.isGone() || port.user().isEmpty() && !server.isIn(cloud, region)) {
        continue;
      }
      // In another server than its own it is not ours to judge; that is drift.
      boolean used =
          port.user().isPresent()
              || among.stream()
                  .filter(other -> other.type().equals(PORT) && other.mark().equals(port.mark()))
                  .noneMatch(other -> other.user().filter(server::is).isPresent());
      if (used) {
        return Verdict.of(Verdict.Kind.KNOWN, server);
      }
    }
    KnownPart nearest =
        servers.stream()
            .filter(server -> server.isIn(cloud, region))
            .findFirst()
            .orElseGet(() -> servers.get(0));
    return Verdict.of(
        Verdict.Kind.LEAKED,
        Optional.of(nearest),
        Optional.of(nearest.mark()),
        nearest.isGone()
            ? Phrase.of("leak.part-gone", nearest.mark().resource(), nearest.stackName())
            : Phrase.of("leak.port-unused", nearest.mark().resource()));
  }

  /**
   * Clouds give what a person makes from a server or volume the properties of the image that it
   * came from, our mark too; so only what has the very content of ours, or none, is a copy of ours.
   */
  private Verdict image(MarkedThing thing, String text) {
    KnownCopy copy = copies.get(text);
    if (copy == null) {
      return Verdict.of(
          Verdict.Kind.UNKNOWN,
          Optional.empty(),
          Optional.empty(),
          Phrase.of("leak.unknown-image", text));
    }
    if (copy.glanceId().filter(thing.id()::equals).isPresent() && !copy.gone()) {
      return Verdict.of(Verdict.Kind.KNOWN);
    }
    if (!copy.settled()) {
      return Verdict.of(Verdict.Kind.ON_ITS_WAY);
    }
    boolean same =
        thing
            .content()
            .map(digest -> copy.digests().contains(digest.toLowerCase(Locale.ROOT)))
            .orElse(true);
    return same
        ? Verdict.of(
            Verdict.Kind.LEAKED,
            Optional.empty(),
            Optional.empty(),
            copy.gone()
                ? Phrase.of("leak.copy-gone")
                : Phrase.of("leak.copy-double", copy.glanceId().orElse("-")))
        : Verdict.of(Verdict.Kind.NOT_OURS);
  }
}
