package io.isthmus.domain.image;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.KeptImage;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The images of projects: uploaded once, and copied to where stacks need them. Another tenant's
 * look like missing ones.
 */
@ApplicationScoped
public class Images implements KnownImages {

  /** Most that one project keeps. */
  public static final int MOST = 200;

  /** Most characters of a description. */
  public static final int LONGEST_DESCRIPTION = 1000;

  /** Most properties of one image. */
  public static final int MOST_PROPERTIES = 64;

  /** Most characters of a property's value. */
  public static final int LONGEST_VALUE = 255;

  /** Most characters of an address. */
  public static final int LONGEST_SOURCE = 2000;

  private static final long MOST_DISK_GIB = 100_000;
  private static final long MOST_RAM_MIB = 100_000_000;

  private static final Pattern NAME =
      Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.@-]([A-Za-z0-9 _.@-]{0,198}[A-Za-z0-9_.@-])?");

  /**
   * What says what the image is, and how its hardware is to be. Others can be what a cloud acts on
   * for its administrators' sake.
   *
   * @see "Glance: Useful image properties"
   */
  private static final Pattern PROPERTY =
      Pattern.compile(
          "(architecture|hypervisor_type|vm_mode|os_distro|os_version|os_type|os_admin_user"
              + "|os_require_quiesce|os_secure_boot|img_config_drive"
              + "|hw_[a-z0-9_]{1,60})");

  private ImageStore store;
  private CopyStore copies;
  private Uploads uploads;
  private ImageFiles files;
  private ImageSettings settings;
  private ImageUses uses;
  private AddressGuard guard;
  private TenantService tenants;
  private Clock clock;
  private final UploadTurns turns = new UploadTurns();

  @Inject
  Images(
      ImageStore store,
      CopyStore copies,
      Uploads uploads,
      ImageFiles files,
      ImageSettings settings,
      ImageUses uses,
      AddressGuard guard,
      TenantService tenants) {
    this(store, copies, uploads, files, settings, uses, guard, tenants, Clock.systemUTC());
  }

  Images(
      ImageStore store,
      CopyStore copies,
      Uploads uploads,
      ImageFiles files,
      ImageSettings settings,
      ImageUses uses,
      AddressGuard guard,
      TenantService tenants,
      Clock clock) {
    this.store = store;
    this.copies = copies;
    this.uploads = uploads;
    this.files = files;
    this.settings = settings;
    this.uses = uses;
    this.guard = guard;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected Images() {}

  /**
   * An image with where it is and what uses it.
   *
   * @param received bytes of its content that are here
   * @param stacks names of the stacks that were planned with it
   */
  public record Kept(
      ProjectImage image, long received, List<ImageCopy> copies, List<String> stacks) {

    public Kept {
      copies = List.copyOf(copies);
      stacks = List.copyOf(stacks);
    }
  }

  /**
   * All of a project, at most {@link #MOST}, by name.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read/list", target = "image")
  @Transactional
  public List<Kept> list(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    List<ImageUses.Use> used = uses.of(project);
    List<ImageCopy> all = copies.of(project);
    return store.list(project).stream().map(image -> kept(image, all, used)).toList();
  }

  /**
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "image")
  @Transactional
  public Kept find(ProjectId project, @AuditedId ImageId id, Caller caller) {
    tenants.requireReader(caller, project);
    return kept(require(project, id), copies.of(project), uses.of(project));
  }

  /**
   * Makes room for an image whose content is to be sent next, or is read at its address soon.
   *
   * @throws FederationFault REQUEST_INVALID; NAME_TAKEN; TOO_LARGE; QUOTA_EXCEEDED when the project
   *     keeps too much already, or the disk is full; CONFLICT when no uploads can be kept here;
   *     NOT_FOUND and FORBIDDEN as {@link TenantService#requireMember}
   */
  @Audited(action = "create", target = "image")
  @Transactional
  public ProjectImage add(NewImage wanted, Caller caller) {
    tenants.requireMember(caller, wanted.project());
    if (wanted.source().isEmpty()) {
      files.require();
    }
    List<Violation> violations = new ArrayList<>();
    Optional<URI> source = wanted.source().flatMap(text -> source(text, violations));
    ProjectImage image =
        new ProjectImage(
            new ImageId(UUID.randomUUID()),
            wanted.project(),
            wanted.name(),
            wanted.description().strip(),
            DiskFormat.find(wanted.diskFormat()).orElse(DiskFormat.RAW),
            wanted.minDiskGiB(),
            wanted.minRamMiB(),
            wanted.properties(),
            wanted.size(),
            wanted.source().isPresent() ? ProjectImage.State.READING : ProjectImage.State.UPLOADING,
            Optional.empty(),
            new ImageDigests(
                Optional.empty(),
                wanted.sha256().map(text -> text.strip().toLowerCase(Locale.ROOT)),
                wanted.sha512().map(text -> text.strip().toLowerCase(Locale.ROOT))),
            ImageDigests.NONE,
            wanted.removeUnused(),
            caller.name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            source,
            0);
    violations.addAll(0, violations(image, wanted.source().isPresent()));
    if (DiskFormat.find(wanted.diskFormat()).isEmpty()) {
      violations.add(
          0,
          Violation.at(
              "disk_format",
              Phrase.of("image.format-unknown", wanted.diskFormat()),
              Phrase.of("image.formats", String.join(", ", DiskFormat.words()))));
    }
    requireNone(violations);
    if (image.size() > settings.largest()) {
      Phrase large =
          Phrase.of(
              "image.too-large", Phrase.number(image.size()), Phrase.number(settings.largest()));
      throw new FederationFault(FaultCode.TOO_LARGE, large, List.of(Violation.at("size", large)));
    }
    requireRoom(image);
    if (!store.add(image)) {
      Phrase taken = Phrase.of("image.name-taken", image.name());
      throw new FederationFault(FaultCode.NAME_TAKEN, taken, List.of(Violation.at("name", taken)));
    }
    return image;
  }

  private void requireRoom(ProjectImage image) {
    ImageStore.Kept kept = store.kept(image.project());
    if (kept.count() >= MOST) {
      throw new FederationFault(
          FaultCode.QUOTA_EXCEEDED, Phrase.of("image.too-many", image.project(), MOST));
    }
    if (kept.bytes() + image.size() > settings.total()) {
      throw new FederationFault(
          FaultCode.QUOTA_EXCEEDED,
          Phrase.of(
              "image.no-room",
              image.project(),
              Phrase.number(kept.bytes()),
              Phrase.number(settings.total()),
              Phrase.number(image.size())));
    }
    long room = image.source().isPresent() ? Long.MAX_VALUE : files.room();
    if (image.size() > room) {
      throw new FederationFault(
          FaultCode.QUOTA_EXCEEDED,
          Phrase.of(
              "image.disk-full", Phrase.number(Math.max(0, room)), Phrase.number(image.size())));
    }
  }

  /** The address at which content stands, if it may stand there. */
  private Optional<URI> source(String text, List<Violation> into) {
    URI source;
    try {
      source = new URI(text.strip());
    } catch (URISyntaxException e) {
      into.add(Violation.at("url", Phrase.of("image.source-invalid", shown(text))));
      return Optional.empty();
    }
    String scheme = Optional.ofNullable(source.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    boolean isPlain = scheme.equals("http");
    if (text.length() > LONGEST_SOURCE
        || source.getHost() == null
        || !isPlain && !scheme.equals("https")
        || source.getRawFragment() != null) {
      into.add(Violation.at("url", Phrase.of("image.source-invalid", shown(text))));
    } else if (source.getRawUserInfo() != null) {
      // All of the project would read it.
      into.add(Violation.at("url", Phrase.of("image.source-credential")));
    } else if (isPlain && !settings.allowsPlain()) {
      into.add(Violation.at("url", Phrase.of("image.source-plain", shown(text))));
    } else {
      AddressGuard.Lead lead = guard.lead(source);
      if (lead == AddressGuard.Lead.OPEN) {
        return Optional.of(source);
      }
      into.add(Violation.at("url", ImageSources.refusal(source, lead)));
    }
    return Optional.empty();
  }

  private static void checkName(String name, List<Violation> found) {
    if (!NAME.matcher(name).matches()) {
      found.add(
          Violation.at(
              "name",
              name.length() > 200
                  ? Phrase.of("image.name-too-long", name.length(), 200)
                  : Phrase.of("image.name-invalid", name),
              Phrase.of("image.name-remedy")));
    }
  }

  private static List<Violation> violations(ProjectImage image, boolean hasSource) {
    List<Violation> found = new ArrayList<>();
    checkName(image.name(), found);
    if (image.size() < (hasSource ? 0 : 1)) {
      found.add(Violation.at("size", Phrase.of("image.size", image.size())));
    }
    if (hasSource && image.expected().sha256().isEmpty() && image.expected().sha512().isEmpty()) {
      found.add(Violation.at("sha256", Phrase.of("image.source-digest")));
    }
    checkDigest("sha256", image.expected().sha256(), 64, found);
    checkDigest("sha512", image.expected().sha512(), 128, found);
    found.addAll(changeable(image));
    return found;
  }

  private static List<Violation> changeable(ProjectImage image) {
    List<Violation> found = new ArrayList<>();
    if (image.description().length() > LONGEST_DESCRIPTION) {
      found.add(
          Violation.at(
              "description",
              Phrase.of(
                  "image.description-too-long",
                  image.description().length(),
                  LONGEST_DESCRIPTION)));
    }
    checkRange("min_disk", image.minDiskGiB(), MOST_DISK_GIB, found);
    checkRange("min_ram", image.minRamMiB(), MOST_RAM_MIB, found);
    if (image.properties().size() > MOST_PROPERTIES) {
      found.add(
          Violation.at(
              "properties",
              Phrase.of("image.too-many-properties", image.properties().size(), MOST_PROPERTIES)));
    }
    image
        .properties()
        .forEach(
            (key, value) -> {
              if (!PROPERTY.matcher(key).matches()) {
                found.add(
                    Violation.at(
                        "properties",
                        Phrase.of("image.property-unknown", shortened(key)),
                        Phrase.of("image.property-remedy")));
              } else if (value.length() > LONGEST_VALUE || !value.equals(printable(value))) {
                found.add(
                    Violation.at(
                        "properties", Phrase.of("image.property-value", key, LONGEST_VALUE)));
              }
            });
    return found;
  }

  private static String shown(String address) {
    return shortened(ImageSources.shown(address));
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "");
  }

  private static void checkDigest(
      String field, Optional<String> digest, int length, List<Violation> into) {
    digest
        .filter(text -> !text.matches("[0-9a-f]{" + length + "}"))
        .ifPresent(text -> into.add(Violation.at(field, Phrase.of("image.digest", field, length))));
  }

  private static void checkRange(String field, long value, long most, List<Violation> into) {
    if (value < 0 || value > most) {
      into.add(Violation.at(field, Phrase.of("image.range", field, value, Phrase.number(most))));
    }
  }

  private static void requireNone(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new FederationFault(FaultCode.REQUEST_INVALID, violations.get(0).message(), violations);
    }
  }

  /**
   * Changes what is said of an image, never its content. What clouds act on can only be changed
   * before the first copy.
   *
   * @throws FederationFault REQUEST_INVALID; CONFLICT when there is a copy already, or a stack
   *     names what is to be renamed; NAME_TAKEN; NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "update", target = "image")
  @Transactional
  public ProjectImage change(
      ProjectId project, @AuditedId ImageId id, ImageChange change, Caller caller) {
    tenants.requireMember(caller, project);
    ProjectImage before = require(project, id);
    ProjectImage after =
        new ProjectImage(
            before.id(),
            before.project(),
            change.name().map(String::strip).orElse(before.name()),
            change.description().map(String::strip).orElse(before.description()),
            before.format(),
            change.minDiskGiB().orElse(before.minDiskGiB()),
            change.minRamMiB().orElse(before.minRamMiB()),
            change.properties().orElse(before.properties()),
            before.size(),
            before.state(),
            before.trouble(),
            before.expected(),
            before.digests(),
            change.removeUnused().orElse(before.removeUnused()),
            before.addedBy(),
            before.addedAt(),
            before.source(),
            before.read());
    List<Violation> violations = changeable(after);
    if (!after.name().equals(before.name())) {
      checkName(after.name(), violations);
    }
    requireNone(violations);
    if (!after.name().equals(before.name())) {
      requireRenamable(before, after.name());
    }
    boolean touchesCopies =
        after.minDiskGiB() != before.minDiskGiB()
            || after.minRamMiB() != before.minRamMiB()
            || !after.properties().equals(before.properties());
    if (touchesCopies && copies.of(project).stream().anyMatch(copy -> copy.image().equals(id))) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("image.copied", before.name()));
    }
    store.change(after);
    return after;
  }

  /** Templates of stacks name it. */
  private void requireRenamable(ProjectImage image, String name) {
    List<String> stacks = stacks(image, uses.of(image.project()));
    if (!stacks.isEmpty()) {
      Phrase used = Phrase.of("image.rename-in-use", image.name(), Phrase.names(stacks, 10));
      throw new FederationFault(FaultCode.CONFLICT, used, List.of(Violation.at("name", used)));
    }
    if (store.isTaken(image.project(), name, image.id())) {
      Phrase taken = Phrase.of("image.name-taken", name);
      throw new FederationFault(FaultCode.NAME_TAKEN, taken, List.of(Violation.at("name", taken)));
    }
  }

  /**
   * How much of its content is here.
   *
   * @param length bytes of all of it
   */
  public record Progress(long offset, long length) {}

  /**
   * @throws FederationFault NOT_FOUND; CONFLICT when its content was refused
   */
  @Audited(action = "read/upload", target = "image")
  public Progress progress(ProjectId project, @AuditedId ImageId id, Caller caller) {
    tenants.requireMember(caller, project);
    ProjectImage image = require(project, id);
    Uploads.requireUpload(image);
    Uploads.requireNotRefused(image);
    return new Progress(uploads.received(image), image.size());
  }

  /**
   * Takes a piece of the content in; with the last one the content is checked. What came before a
   * failure counts.
   *
   * @param offset where the piece begins
   * @return how much is here now
   * @throws FederationFault as {@link Uploads#append}; TOO_MANY while too many others are taken in;
   *     NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "update/upload", target = "image", announced = true)
  public Progress append(
      ProjectId project, @AuditedId ImageId id, long offset, InputStream bytes, Caller caller) {
    tenants.requireMember(caller, project);
    ProjectImage image = require(project, id);
    turns.begin(caller);
    try {
      return new Progress(uploads.append(image, offset, bytes), image.size());
    } finally {
      turns.end(caller);
    }
  }

  /**
   * Deletes an image, and the copies of it that were made for it. Copies that were found in a cloud
   * stay there.
   *
   * @throws FederationFault CONFLICT while a stack uses it; NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "delete", target = "image")
  @Transactional
  public void remove(ProjectId project, @AuditedId ImageId id, Caller caller) {
    tenants.requireMember(caller, project);
    ProjectImage image = require(project, id);
    store.lock(id);
    List<String> stacks = stacks(image, uses.of(project));
    if (!stacks.isEmpty() || copies.isWanted(id)) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of("image.in-use", image.name(), Phrase.names(stacks, 10)),
          stacks.stream()
              .map(stack -> Violation.at("stack", Phrase.of("image.used-by", stack)))
              .toList());
    }
    store.leave(id);
    copies.removeAll(id, clock.instant());
  }

  /**
   * Removes a copy from its cloud if it was made by us; one that was found there is only forgotten.
   *
   * @throws FederationFault CONFLICT while a stack uses it; NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "delete/copy", target = "image")
  @Transactional
  public void removeCopy(
      ProjectId project, @AuditedId ImageId id, @AuditedId String copy, Caller caller) {
    tenants.requireMember(caller, project);
    ProjectImage image = require(project, id);
    ImageCopy found =
        copies.of(project).stream()
            .filter(one -> one.image().equals(id) && one.id().toString().equals(copy))
            .filter(one -> !one.isGone())
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound("copy", copy));
    if (!copies.remove(found.id(), clock.instant())) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of(
              "image.copy-in-use", image.name(), found.account().cloud() + "/" + found.region()));
    }
  }

  @Override
  public Map<String, KeptImage> of(ProjectId project) {
    Map<String, KeptImage> images = new TreeMap<>();
    store.list(project).stream()
        .filter(image -> image.state() == ProjectImage.State.READY)
        .forEach(
            image ->
                images.put(
                    image.name(),
                    new KeptImage(
                        image.id().toString(),
                        image.size(),
                        image.format().text(),
                        image.minDiskGiB(),
                        image.minRamMiB(),
                        image.digests().sha512().orElseThrow())));
    return images;
  }

  @Override
  public Set<String> unfinished(ProjectId project) {
    Set<String> names = new TreeSet<>();
    store.list(project).stream()
        .filter(
            image ->
                image.state() == ProjectImage.State.UPLOADING
                    || image.state() == ProjectImage.State.READING)
        .forEach(image -> names.add(image.name()));
    return names;
  }

  @Override
  public boolean isIn(ProjectId project, String image, CloudId cloud, String region) {
    Optional<Account> account = copies.account(project, cloud).map(id -> new Account(cloud, id));
    return copies.of(project).stream()
        .anyMatch(
            copy ->
                copy.state() == ImageCopy.State.ACTIVE
                    && copy.image().toString().equals(image)
                    && account.equals(Optional.of(copy.account()))
                    && copy.region().equals(region));
  }

  private Kept kept(ProjectImage image, List<ImageCopy> all, List<ImageUses.Use> used) {
    return new Kept(
        image,
        files.areKept() || image.source().isPresent() ? uploads.received(image) : image.size(),
        all.stream().filter(copy -> copy.image().equals(image.id()) && !copy.isGone()).toList(),
        stacks(image, used));
  }

  private static List<String> stacks(ProjectImage image, List<ImageUses.Use> used) {
    return used.stream()
        .filter(use -> use.image().equals(image.id().toString()))
        .map(ImageUses.Use::stack)
        .distinct()
        .toList();
  }

  private ProjectImage require(ProjectId project, ImageId id) {
    return store
        .find(project, id)
        .orElseThrow(() -> FederationFault.notFound("image", id.toString()));
  }
}
