package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudDraft;
import io.isthmus.domain.cloud.CloudDrafts;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.EntryProblem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.Registered;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.yaml.YamlNode;
import io.isthmus.domain.yaml.YamlReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads {@code clouds.yaml} as openstacksdk does, with an {@code isthmus:} block of facts in each
 * entry, and a second file of facts that has the last word. One bad entry spoils no other.
 */
public final class CloudsYaml {

  /** The project of an entry that names none. */
  public static final ProjectId DEFAULT_PROJECT = new ProjectId("acme", "demo");

  private final AddressGuard guard;
  private final Registered registered;
  private final YamlReader reader = new YamlReader(FaultCode.CLOUD_INVALID);

  /**
   * Compares the entries with nothing that is registered.
   *
   * @param guard says which addresses may be gone to
   */
  public CloudsYaml(AddressGuard guard) {
    this(guard, Registered.NOTHING);
  }

  /**
   * @param guard says which addresses may be gone to
   * @param registered what the entries are compared with
   */
  public CloudsYaml(AddressGuard guard, Registered registered) {
    this.guard = guard;
    this.registered = registered;
  }

  /**
   * A text with its name.
   *
   * @param name shown in problems; empty for a text that was pasted
   */
  public record Source(String name, String text) {}

  /**
   * Reads entries.
   *
   * @param folder that relative paths in the entries start from; empty when they may name no file
   */
  public CloudDrafts read(Source clouds, Optional<Source> facts, Optional<Path> folder) {
    return new Reading(clouds, facts, folder).read();
  }

  /**
   * Reads one block of facts, as it stands under {@code isthmus:}.
   *
   * @throws FederationFault CLOUD_INVALID with every violation
   */
  public CloudFacts readFacts(CloudId cloud, String name, String text) {
    List<Violation> violations = new ArrayList<>();
    FactsBlock block = FactsReader.read("", reader.read(text), violations::add);
    if (block.prices().isPresent()) {
      violations.add(
          Violation.at(
              "prices",
              Phrase.of("cloud.prices-elsewhere"),
              Phrase.of("cloud.prices-elsewhere-remedy")));
    }
    if (!violations.isEmpty()) {
      throw new FederationFault(
          FaultCode.CLOUD_INVALID,
          Phrase.of("cloud.entries-invalid", violations.size()),
          violations);
    }
    return block.toFacts(cloud, name);
  }

  /** One entry, its facts not yet complete; its place is that of its name. */
  private record Entry(
      String name,
      int line,
      int column,
      Fields fields,
      FactsBlock block,
      CloudId cloud,
      ProjectId project,
      URI authUrl,
      String endpointInterface,
      List<String> regions,
      Optional<String> caCertificates,
      Credential credential) {}

  private final class Reading {

    private final Source clouds;
    private final Optional<Source> facts;
    private final CertificateReader certificates;
    private final List<EntryProblem> problems = new ArrayList<>();
    private final Map<String, FactsBlock> outside = new LinkedHashMap<>();
    private final Set<String> usedOutside = new LinkedHashSet<>();

    Reading(Source clouds, Optional<Source> facts, Optional<Path> folder) {
      this.clouds = clouds;
      this.facts = facts;
      this.certificates = new CertificateReader(folder);
    }

    CloudDrafts read() {
      facts.ifPresent(this::readOutside);
      Map<String, YamlNode.Entry> nodes = parse(clouds).map(this::entries).orElse(Map.of());
      List<Entry> entries = new ArrayList<>();
      nodes.forEach(
          (name, named) -> {
            int before = problems.size();
            Optional<Entry> entry = entry(name, named);
            if (problems.size() == before) {
              entry.ifPresent(entries::add);
            }
          });
      if (!nodes.isEmpty()) {
        tellUnusedFacts();
      }
      List<CloudDraft> drafts = drafts(entries);
      return new CloudDrafts(drafts, problems, known(drafts, entries));
    }

    private Optional<YamlNode> parse(Source source) {
      try {
        return Optional.of(reader.read(source.text()));
      } catch (FederationFault fault) {
        fault
            .violations()
            .forEach(violation -> problems.add(new EntryProblem(source.name(), "", violation)));
        return Optional.empty();
      }
    }

    /** Facts by the name of an entry or of a cloud. */
    private void readOutside(Source source) {
      Consumer<Violation> tell = violation -> tell(source, "", violation);
      parse(source)
          .flatMap(node -> Fields.of("", node, tell))
          .ifPresent(
              all -> {
                for (String name : all.names()) {
                  all.node(name)
                      .ifPresent(
                          node ->
                              outside.put(
                                  name,
                                  FactsReader.read(
                                      name, node, violation -> tell(source, name, violation))));
                }
              });
    }

    private void tellUnusedFacts() {
      Set<String> unused = new LinkedHashSet<>(outside.keySet());
      unused.removeAll(usedOutside);
      for (String name : unused) {
        tell(
            facts.orElseThrow(),
            name,
            Violation.at(
                name,
                Phrase.of("cloud.facts-unused", name),
                Phrase.of("cloud.facts-unused-remedy")));
      }
    }

    /** A whole file, or a single entry that was pasted without its name. */
    private Map<String, YamlNode.Entry> entries(YamlNode root) {
      Map<String, YamlNode.Entry> found = new LinkedHashMap<>();
      Fields.of("", root, violation -> tell(clouds, "", violation))
          .ifPresent(
              top -> {
                if (top.has("auth")) {
                  found.put("cloud", new YamlNode.Entry("cloud", root.line(), root.column(), root));
                } else if (top.has("clouds")) {
                  top.map("clouds")
                      .ifPresent(
                          all ->
                              all.names()
                                  .forEach(
                                      name -> all.entry(name).ifPresent(n -> found.put(name, n))));
                } else {
                  top.names().forEach(name -> top.entry(name).ifPresent(n -> found.put(name, n)));
                }
              });
      if (found.isEmpty() && problems.isEmpty()) {
        tell(
            clouds,
            "",
            Violation.at("clouds", Phrase.of("cloud.no-entries"), Phrase.of("cloud.auth-remedy")));
      }
      return found;
    }

    private Optional<Entry> entry(String name, YamlNode.Entry named) {
      Consumer<Violation> tell = violation -> tell(clouds, name, violation);
      Optional<Fields> fields = Fields.of(pointer(name), named.value(), tell);
      if (fields.isEmpty()) {
        return Optional.empty();
      }
      Fields entry = fields.get();
      EntryReader.refuseWhatIsNotDone(entry);
      FactsBlock inside =
          entry
              .node("isthmus")
              .map(block -> FactsReader.read(entry.path("isthmus"), block, tell))
              .orElse(FactsBlock.NOTHING);
      FactsBlock block = outside(name).over(inside);
      CloudId cloud = block.cloud().orElseGet(() -> slug(name));
      if (!cloud.text().equals(name)) {
        block = outside(cloud.text()).over(block);
      }
      Optional<Credential> credential = EntryReader.credential(entry);
      Optional<URI> authUrl =
          EntryReader.authUrl(entry)
              .filter(url -> mayGoTo(entry, url) && isOfMember(name, entry, cloud, url));
      String endpointInterface = EntryReader.endpointInterface(entry);
      List<String> regions = EntryReader.regions(entry);
      Optional<String> ca = certificates.read(entry);
      if (credential.isEmpty() || authUrl.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Entry(
              name,
              named.line(),
              named.column(),
              entry,
              block,
              cloud,
              block.project().orElse(DEFAULT_PROJECT),
              authUrl.get(),
              endpointInterface,
              regions,
              ca,
              credential.get()));
    }

    private FactsBlock outside(String name) {
      if (outside.containsKey(name)) {
        usedOutside.add(name);
      }
      return outside.getOrDefault(name, FactsBlock.NOTHING);
    }

    private boolean mayGoTo(Fields entry, URI url) {
      Optional<AddressGuard.Refusal> refusal = guard.refusal(url);
      refusal.ifPresent(
          why ->
              entry
                  .map("auth")
                  .ifPresent(auth -> auth.refuse("auth_url", why.message(), why.remedy())));
      return refusal.isEmpty();
    }

    /** An entry under a member's name with another Keystone is no access to it, but a mistake. */
    private boolean isOfMember(String name, Fields entry, CloudId cloud, URI url) {
      Optional<URI> other =
          registered.authUrl(cloud).filter(known -> !CloudConnection.isSameKeystone(known, url));
      other.ifPresent(
          known ->
              entry
                  .map("auth")
                  .ifPresent(
                      auth ->
                          auth.refuse(
                              "auth_url",
                              Phrase.of("cloud.entry-elsewhere", name, cloud, known, url))));
      return other.isEmpty();
    }

    /** What of the drafts is registered already, each at its entry's name. */
    private List<EntryProblem> known(List<CloudDraft> drafts, List<Entry> entries) {
      Map<String, Entry> byName =
          entries.stream().collect(Collectors.toMap(Entry::name, Function.identity()));
      return drafts.stream()
          .filter(draft -> registered.hasAccess(draft.connection().project(), draft.cloud()))
          .map(draft -> known(draft, byName.get(draft.entry())))
          .toList();
    }

    private EntryProblem known(CloudDraft draft, Entry entry) {
      return new EntryProblem(
          clouds.name(),
          entry.name(),
          new Violation(
              pointer(entry.name()),
              entry.line(),
              entry.column(),
              Phrase.of("cloud.access-taken", draft.cloud(), draft.connection().project()),
              Optional.empty()));
    }

    private static String pointer(String entry) {
      return "clouds." + entry;
    }

    /** Entries of one cloud share what belongs to the cloud; the first that tells it decides. */
    private List<CloudDraft> drafts(List<Entry> entries) {
      Map<CloudId, List<Entry>> byCloud = new LinkedHashMap<>();
      for (Entry entry : entries) {
        byCloud.computeIfAbsent(entry.cloud(), id -> new ArrayList<>()).add(entry);
      }
      List<CloudDraft> drafts = new ArrayList<>();
      byCloud.values().forEach(same -> addDrafts(same, drafts));
      return drafts;
    }

    private void addDrafts(List<Entry> same, List<CloudDraft> drafts) {
      Entry first = same.get(0);
      FactsBlock block =
          same.stream()
              .map(Entry::block)
              .filter(FactsBlock::tellsFacts)
              .findFirst()
              .orElse(first.block());
      String name =
          same.stream()
              .flatMap(entry -> entry.block().name().stream())
              .findFirst()
              .orElse(first.name());
      CloudFacts facts = block.toFacts(first.cloud(), name);
      Set<ProjectId> projects = new LinkedHashSet<>();
      for (Entry entry : same) {
        if (!agrees(entry, first, name, facts, block.prices()) || !isNewProject(entry, projects)) {
          continue;
        }
        drafts.add(
            new CloudDraft(
                entry.name(),
                name,
                facts,
                block.prices(),
                new CloudConnection(
                    entry.cloud(),
                    entry.project(),
                    first.authUrl(),
                    first.endpointInterface(),
                    entry.regions(),
                    first.caCertificates(),
                    entry.credential())));
      }
    }

    private boolean agrees(
        Entry entry, Entry first, String name, CloudFacts facts, Optional<PriceList> prices) {
      if (!entry.authUrl().equals(first.authUrl())) {
        contradict(entry, "auth.auth_url", first);
      } else if (!entry.endpointInterface().equals(first.endpointInterface())) {
        contradict(entry, "interface", first);
      } else if (entry.caCertificates().isPresent()
          && !entry.caCertificates().equals(first.caCertificates())) {
        contradict(entry, "cacert", first);
      } else if (entry.block().tellsFacts()
          && !(entry.block().toFacts(entry.cloud(), name).equals(facts)
              && entry.block().prices().equals(prices))) {
        contradict(entry, "isthmus", first);
      } else {
        return true;
      }
      return false;
    }

    private void contradict(Entry entry, String field, Entry first) {
      entry
          .fields()
          .refuse(
              field,
              Phrase.of("cloud.entries-differ", entry.name(), first.name(), entry.cloud(), field),
              Phrase.of("cloud.entries-differ-remedy"));
    }

    private boolean isNewProject(Entry entry, Set<ProjectId> projects) {
      boolean isNew = projects.add(entry.project());
      if (!isNew) {
        entry
            .fields()
            .refuse(
                "isthmus",
                Phrase.of("cloud.project-twice", entry.cloud(), entry.project()),
                Phrase.of("cloud.project-twice-remedy"));
      }
      return isNew;
    }

    private void tell(Source source, String entry, Violation violation) {
      problems.add(new EntryProblem(source.name(), entry, violation));
    }
  }

  /** An entry's name as a cloud's id. */
  static CloudId slug(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String begun = plain.matches("[a-z].*") ? plain : "cloud-" + plain;
    return new CloudId(begun.substring(0, Math.min(40, begun.length())));
  }
}
