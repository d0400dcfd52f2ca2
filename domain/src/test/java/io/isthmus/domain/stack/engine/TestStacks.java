package io.isthmus.domain.stack.engine;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Relocation;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.stack.PartChange;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackCourse;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackUpdate;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.HiddenValues;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.KeptImage;
import io.isthmus.domain.template.OutputDefinition;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.References;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceReference;
import io.isthmus.domain.template.ResourceType;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.template.type.KeptImageType;
import io.isthmus.domain.template.type.ResourceTypes;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes stacks to test with: a graph and where its parts go. */
public final class TestStacks {

  public static final String NET = "OS::Neutron::Net";
  public static final String PORT = "OS::Neutron::Port";
  public static final String SERVER = "OS::Nova::Server";
  public static final String VOLUME = "OS::Cinder::Volume";
  static final List<String> CLOUDS = List.of("gra", "bhs", "syd");
  public static final ProjectId PROJECT = ProjectId.parse("acme/demo");

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<PlannedPart> parts = new ArrayList<>();
  private HiddenValues hidden = HiddenValues.NONE;
  private Set<String> allowed = Set.copyOf(CLOUDS);

  /** Has a hidden parameter of this value. */
  public TestStacks hiding(String value) {
    HotTemplate template =
        new HotParser()
            .parse(
                TemplateSource.of(
                    """
                    heat_template_version: 2018-08-31
                    parameters: {secret: {type: string, hidden: true}}
                    resources: {}
                    """));
    hidden =
        template
            .graph(
                template.bind(
                    Map.of("secret", Json.createValue(value)), new PseudoParameters("", "", "")))
            .hidden();
    return this;
  }

  /** Adds a resource in one cloud that uses others. */
  public TestStacks add(String path, String type, String cloud, String... uses) {
    nodes.put(path, new Node(path, type, List.of(uses)));
    CloudId id = new CloudId(cloud);
    Set<PartId> requires = new HashSet<>();
    for (String used : uses) {
      requires.add(part(used, id));
    }
    parts.add(
        new PlannedPart(
            new PartId(path, id, "R1"),
            type,
            Optional.empty(),
            List.of(),
            requires,
            type.equals(SERVER) ? Map.of(LimitKind.INSTANCES, 1L) : Map.of(),
            type.equals(SERVER)
                ? Optional.of(new Measure(PriceItem.flavor("m1.small"), 1))
                : Optional.empty()));
    return this;
  }

  private PartId part(String path, CloudId cloud) {
    List<PartId> all =
        parts.stream().map(PlannedPart::id).filter(id -> id.resource().equals(path)).toList();
    return all.stream().filter(id -> id.cloud().equals(cloud)).findFirst().orElse(all.get(0));
  }

  /** Gives a resource a property that is changed in place. */
  public TestStacks value(String path, String value) {
    nodes.get(path).value = value;
    return this;
  }

  /** Gives a resource a property that cannot be changed in place. */
  public TestStacks image(String path, String image) {
    nodes.get(path).image = image;
    return this;
  }

  /** Nothing of it may be in another cloud. */
  TestStacks only(Set<String> clouds) {
    allowed = Set.copyOf(clouds);
    return this;
  }

  Set<String> allowed() {
    return allowed;
  }

  /** Whether all of it is where it may be. */
  boolean keepsItsRule() {
    return parts.stream().allMatch(part -> allowed.contains(part.id().cloud().text()));
  }

  /** The same, with what is in one cloud in another. */
  TestStacks elsewhere(String from, String to) {
    TestStacks other = new TestStacks().only(allowed);
    for (PlannedPart part : parts) {
      Node node = nodes.get(part.id().resource());
      String cloud = part.id().cloud().text().equals(from) ? to : part.id().cloud().text();
      boolean there =
          other.parts.stream()
              .anyMatch(one -> one.id().equals(new PartId(node.path, new CloudId(cloud), "R1")));
      if (!there) {
        other.add(node.path, node.type, cloud, node.uses.toArray(new String[0]));
        other.nodes.get(node.path).takeAllOf(node);
      }
    }
    return other;
  }

  /** When the resource is replaced, the old one goes before the new one comes. */
  public TestStacks oldFirst(String path) {
    nodes.get(path).oldFirst = true;
    return this;
  }

  /** What becomes of a stack that is to be this one instead; its parts may have moved. */
  StackUpdate update(TestStacks before, Collection<StackPart> present) {
    Map<PartId, StackPart> there = new LinkedHashMap<>();
    present.forEach(part -> there.put(part.id(), part));
    Map<PartId, PartChange> changes = new LinkedHashMap<>();
    for (PlannedPart part : parts) {
      changes.put(part.id(), change(part, before, there, changes));
    }
    List<PartChange> all = new ArrayList<>(changes.values());
    there.keySet().stream()
        .filter(id -> !changes.containsKey(id))
        .forEach(id -> all.add(new PartChange(id, PartChange.Kind.REMOVED, List.of(), true)));
    return new StackUpdate(parts, all, List.of());
  }

  private PartChange change(
      PlannedPart part,
      TestStacks before,
      Map<PartId, StackPart> there,
      Map<PartId, PartChange> changes) {
    Node now = nodes.get(part.id().resource());
    Node then = before.nodes.get(part.id().resource());
    if (then == null || !there.containsKey(part.id())) {
      return new PartChange(part.id(), PartChange.Kind.ADDED, List.of(), true);
    }
    boolean upon =
        !there.get(part.id()).goalSpec().requires().equals(part.requires())
            || part.requires().stream()
                .map(changes::get)
                .anyMatch(
                    other ->
                        other.kind() == PartChange.Kind.REPLACED
                            || other.kind() == PartChange.Kind.ADDED);
    boolean uses = upon || !now.uses.equals(then.uses);
    if (!now.type.equals(then.type)
        || !Objects.equals(now.image, then.image)
        || uses && !now.type.equals(SERVER)) {
      return new PartChange(part.id(), PartChange.Kind.REPLACED, List.of("image"), !now.oldFirst);
    }
    boolean other = !Objects.equals(now.value, then.value);
    if (other && !isUpdatable(now.type)) {
      return new PartChange(part.id(), PartChange.Kind.REPLACED, List.of("value"), !now.oldFirst);
    }
    return uses || other
        ? new PartChange(part.id(), PartChange.Kind.UPDATED, List.of("value"), true)
        : new PartChange(part.id(), PartChange.Kind.UNCHANGED, List.of(), true);
  }

  /** Whether anything of it is ever changed in place. */
  static boolean isUpdatable(String type) {
    return ResourceTypes.find(type).orElse(KeptImageType.TYPE).properties().values().stream()
        .anyMatch(PropertySchema::updatable);
  }

  /** Another wish for about the same. */
  TestStacks changed(Random random) {
    TestStacks other = new TestStacks().only(allowed);
    Map<String, String> clouds = new LinkedHashMap<>();
    parts.forEach(part -> clouds.putIfAbsent(part.id().resource(), part.id().cloud().text()));
    Set<String> gone = new HashSet<>();
    nodes.forEach(
        (path, node) -> {
          boolean server = node.type.equals(SERVER);
          if (server && random.nextInt(5) == 0) {
            gone.add(path);
            return;
          }
          List<String> uses = new ArrayList<>(node.uses);
          if (server && uses.size() > 1 && random.nextInt(3) == 0) {
            uses.remove(1);
          }
          other.add(path, node.type, clouds.get(path), uses.toArray(new String[0]));
          other.value(path, random.nextInt(3) == 0 ? "v" + random.nextInt(9) : node.value);
          other.image(path, random.nextInt(5) == 0 ? "i" + random.nextInt(9) : node.image);
          // Nobody would let a volume go from under a server that stays.
          if (!node.type.equals(VOLUME) && random.nextInt(3) == 0) {
            other.oldFirst(path);
          }
        });
    if (random.nextBoolean()) {
      String cloud = clouds.get("net0");
      String name = "more" + random.nextInt(1000);
      other.add("port" + name, PORT, cloud, "net0");
      other.add("srv" + name, SERVER, cloud, "port" + name);
    }
    return other;
  }

  /** Adds the same resource in another cloud. */
  public TestStacks stretch(String path, String cloud) {
    Node node = nodes.get(path);
    return add(path, node.type, cloud, node.uses.toArray(new String[0]));
  }

  /**
   * The simplest policy: all that has to be with a server is in its cloud, and any of three does.
   */
  Relocation again(Standing standing) {
    return again(standing, (cloud, servers) -> true);
  }

  /**
   * @param room whether so many servers more may be in the cloud
   */
  Relocation again(Standing standing, BiPredicate<CloudId, Integer> room) {
    Map<CloudId, Integer> taken = new HashMap<>();
    Map<PartId, PlannedPart> known = new LinkedHashMap<>();
    standing.parts().forEach(part -> known.put(part.id(), part));
    Map<PartId, PlannedPart> after = new LinkedHashMap<>(known);
    for (PartId failed : standing.failed()) {
      Set<PartId> unit = unit(failed, known.values());
      int servers =
          (int) unit.stream().filter(id -> nodes.get(id.resource()).type.equals(SERVER)).count();
      Optional<CloudId> free =
          free(unit, standing)
              .filter(cloud -> room.test(cloud, taken.getOrDefault(cloud, 0) + servers));
      if (unit.stream().anyMatch(standing.kept()::contains)) {
        return new Relocation.Stays();
      }
      if (free.isEmpty()) {
        return new Relocation.NoPlaceLeft(
            new Placement.Unplaced(
                List.of(), List.of(Phrase.verbatim("All clouds are full.")), List.of()),
            true);
      }
      if (after.keySet().containsAll(unit)) {
        taken.merge(free.get(), servers, Integer::sum);
        move(unit, free.get(), known, after);
      }
    }
    Set<PartId> removed = new HashSet<>(known.keySet());
    removed.removeAll(after.keySet());
    return new Relocation.Moved(
        after.values().stream().filter(part -> !known.containsKey(part.id())).toList(),
        removed,
        Map.of(),
        List.of());
  }

  private Optional<CloudId> free(Set<PartId> unit, Standing standing) {
    Set<String> names = unit.stream().map(PartId::resource).collect(Collectors.toSet());
    Set<CloudId> refused =
        standing.refusals().stream()
            .filter(refusal -> names.contains(refusal.resource()))
            .map(refusal -> refusal.place().cloud())
            .collect(Collectors.toSet());
    return CLOUDS.stream()
        .filter(allowed::contains)
        .map(CloudId::new)
        .filter(cloud -> !refused.contains(cloud))
        .findFirst();
  }

  /** Networks can be in several clouds; all else that hangs together cannot. */
  private static Set<PartId> unit(PartId start, Collection<PlannedPart> parts) {
    Set<PartId> unit = new TreeSet<>(Set.of(start));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (PlannedPart part : parts) {
        for (PartId required : part.requires()) {
          boolean together =
              !isNet(required, parts)
                  && (unit.contains(part.id()) || unit.contains(required))
                  && (unit.add(part.id()) | unit.add(required));
          grown |= together;
        }
      }
    }
    return unit;
  }

  private static boolean isNet(PartId id, Collection<PlannedPart> parts) {
    return id.resource().startsWith("net")
        && parts.stream().anyMatch(part -> part.id().equals(id) && part.type().equals(NET));
  }

  private static void move(
      Set<PartId> unit,
      CloudId cloud,
      Map<PartId, PlannedPart> known,
      Map<PartId, PlannedPart> after) {
    unit.forEach(after::remove);
    for (PartId id : unit) {
      known.get(id).requires().stream()
          .filter(net -> !unit.contains(net))
          .sorted()
          .forEach(
              net -> after.computeIfAbsent(in(cloud, net), there -> at(cloud, known.get(net))));
      after.put(in(cloud, id), at(cloud, known.get(id)));
    }
    Set<PartId> used = new HashSet<>();
    after.values().forEach(part -> used.addAll(part.requires()));
    Set<PartId> left = new HashSet<>();
    unit.forEach(id -> left.addAll(known.get(id).requires()));
    left.removeAll(used);
    after.keySet().removeAll(left);
  }

  private static PlannedPart at(CloudId cloud, PlannedPart part) {
    return new PlannedPart(
        in(cloud, part.id()),
        part.type(),
        part.availabilityZone(),
        part.resolutions(),
        part.requires().stream().map(id -> in(cloud, id)).collect(Collectors.toSet()),
        part.counts(),
        part.measure());
  }

  private static PartId in(CloudId cloud, PartId id) {
    return new PartId(id.resource(), cloud, "R1");
  }

  public TestStacks retain(String path) {
    nodes.get(path).policy = DeletionPolicy.RETAIN;
    return this;
  }

  /** Groups of a network and servers with ports upon it. */
  static TestStacks random(Random random) {
    return random(random, 3);
  }

  /**
   * @param most groups, and servers in each
   */
  static TestStacks random(Random random, int most) {
    TestStacks made = new TestStacks();
    int groups = 1 + random.nextInt(most);
    for (int g = 0; g < groups; g++) {
      String cloud = CLOUDS.get(g);
      made.add("net" + g, NET, cloud);
      int servers = 1 + random.nextInt(most);
      for (int s = 0; s < servers; s++) {
        String name = g + "-" + s;
        made.add("port" + name, PORT, cloud, "net" + g);
        if (random.nextBoolean()) {
          made.add("vol" + name, VOLUME, cloud);
          made.add("srv" + name, SERVER, cloud, "port" + name, "vol" + name);
        } else {
          made.add("srv" + name, SERVER, cloud, "port" + name);
        }
      }
    }
    return made;
  }

  public ResourceGraph graph() {
    return new Graph();
  }

  public List<PlannedPart> planned() {
    return List.copyOf(parts);
  }

  public List<StackPart> parts(Instant now) {
    return parts.stream()
        .map(part -> StackPart.planned(part, nodes.get(part.id().resource()).policy, now))
        .toList();
  }

  public static Stack stack(String name, Instant now, UUID id) {
    return new Stack(
        new StackId(id),
        PROJECT,
        name,
        new TemplateSource(
            "heat_template_version: 2021-04-16 # some parameters may be hidden",
            Map.of("tier.yaml", "x"),
            Map.of("My::Tier", "tier.yaml"),
            Map.of("laptop", "ssh-ed25519 AAAA"),
            Map.of("debian", new KeptImage("i-1", 9, "qcow2", 1, 2, "ab"))),
        JsonValue.EMPTY_JSON_OBJECT,
        JsonValue.EMPTY_JSON_OBJECT,
        "",
        new PlanId(new UUID(1, 1)),
        StackStatus.CREATING,
        Phrase.of("stack.accepted", name),
        StackHealth.UNKNOWN,
        now,
        1,
        0,
        now,
        now,
        "alice",
        RequestId.firstOf(id.toString()),
        StackCourse.FIRST);
  }

  private final class Graph implements ResourceGraph {
    @Override
    public List<ResourceNode> nodes() {
      return List.copyOf(nodes.values());
    }

    @Override
    public Optional<ResourceNode> find(String path) {
      return Optional.ofNullable(nodes.get(path));
    }

    @Override
    public HiddenValues hidden() {
      return hidden;
    }

    @Override
    public List<OutputDefinition> outputs() {
      return nodes.keySet().stream()
          .map(path -> new OutputDefinition(path, "the id of " + path))
          .toList();
    }

    @Override
    public Optional<JsonValue> output(String name, References references) {
      return references.attribute(name, List.of(Json.createValue("id")));
    }
  }

  private static final class Node implements ResourceNode {
    private final String path;
    private final String type;
    private final List<String> uses;
    private DeletionPolicy policy = DeletionPolicy.DELETE;
    private String value;
    private String image;
    private boolean oldFirst;

    Node(String path, String type, List<String> uses) {
      this.path = path;
      this.type = type;
      this.uses = uses;
    }

    void takeAllOf(Node other) {
      policy = other.policy;
      value = other.value;
      image = other.image;
      oldFirst = other.oldFirst;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public ResourceType type() {
      return new Type(type);
    }

    @Override
    public Optional<String> group() {
      return Optional.empty();
    }

    @Override
    public JsonObject metadata() {
      return JsonValue.EMPTY_JSON_OBJECT;
    }

    @Override
    public DeletionPolicy deletionPolicy() {
      return policy;
    }

    @Override
    public List<ResourceReference> references() {
      return IntStream.range(0, uses.size())
          .mapToObj(
              at ->
                  new ResourceReference(
                      Optional.of("uses." + at), uses.get(at), Optional.empty(), true))
          .toList();
    }

    @Override
    public JsonObject knownProperties() {
      return JsonValue.EMPTY_JSON_OBJECT;
    }

    @Override
    public JsonObject properties(References references) {
      JsonArrayBuilder used = Json.createArrayBuilder();
      for (String other : uses) {
        used.add(
            references
                .resource(other)
                .orElseThrow(
                    () ->
                        new FederationFault(
                            FaultCode.TEMPLATE_INVALID, Phrase.verbatim(other + " is not known"))));
      }
      JsonObjectBuilder properties = Json.createObjectBuilder().add("uses", used);
      if (value != null) {
        properties.add("value", value);
      }
      if (image != null) {
        properties.add("image", image);
      }
      return properties.build();
    }

    @Override
    public int line() {
      return 1;
    }
  }

  private record Type(String name) implements ResourceType {
    @Override
    public Footing footing() {
      return Footing.PLACED;
    }

    @Override
    public String serviceType() {
      return "test";
    }

    @Override
    public Map<String, PropertySchema> properties() {
      return Map.of(
          "value", schema("value", isUpdatable(name)),
          "image", schema("image", false),
          "uses", schema("uses", name.equals(SERVER)));
    }

    private static PropertySchema schema(String name, boolean updatable) {
      return new PropertySchema(
          name,
          PropertySchema.Type.ANY,
          false,
          updatable,
          List.of(),
          Map.of(),
          List.of(),
          false,
          Optional.empty(),
          "");
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of();
    }
  }
}
