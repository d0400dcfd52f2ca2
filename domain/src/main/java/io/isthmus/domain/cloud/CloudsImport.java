package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.entry.CloudsYaml;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Registers what the configured {@code clouds.yaml} holds, at each start. Entries that are gone
 * from the file stay registered; what is wrong is logged and kept for administrators to read.
 */
@ApplicationScoped
public class CloudsImport {

  private static final Logger LOG = Logger.getLogger(CloudsImport.class.getName());
  private static final List<ProjectId> FIRST_PROJECTS =
      List.of(CloudsYaml.DEFAULT_PROJECT, new ProjectId("globex", "demo"));

  private CloudStore store;
  private TenantStore tenants;
  private AddressGuard guard;
  private Optional<String> cloudsFile;
  private Optional<String> factsFile;
  private boolean evaluation;
  private volatile List<EntryProblem> problems = List.of();

  /**
   * @param cloudsFile a {@code clouds.yaml} to register at each start
   * @param factsFile YAML from an entry's or a cloud's name to its facts
   */
  @Inject
  CloudsImport(
      CloudStore store,
      TenantStore tenants,
      AddressGuard guard,
      @ConfigProperty(name = "isthmus.clouds.file") Optional<String> cloudsFile,
      @ConfigProperty(name = "isthmus.facts.file") Optional<String> factsFile,
      @ConfigProperty(name = "isthmus.mode", defaultValue = "production") String mode) {
    this.store = store;
    this.tenants = tenants;
    this.guard = guard;
    this.cloudsFile = cloudsFile;
    this.factsFile = factsFile;
    this.evaluation = mode.equals("evaluation");
  }

  /** For the container's proxies. */
  protected CloudsImport() {}

  /** Imports; safe to repeat. */
  public void run() {
    if (evaluation || cloudsFile.isPresent()) {
      FIRST_PROJECTS.forEach(tenants::ensure);
    }
    if (cloudsFile.isEmpty()) {
      return;
    }
    List<EntryProblem> found = new ArrayList<>();
    Path file = Path.of(cloudsFile.get()).toAbsolutePath();
    Optional<CloudsYaml.Source> clouds = source(file, "isthmus.clouds.file", found);
    Optional<CloudsYaml.Source> facts =
        factsFile.flatMap(
            name -> source(Path.of(name).toAbsolutePath(), "isthmus.facts.file", found));
    if (clouds.isPresent()) {
      CloudDrafts drafts =
          new CloudsYaml(guard).read(clouds.get(), facts, Optional.ofNullable(file.getParent()));
      found.addAll(drafts.problems());
      drafts.drafts().forEach(draft -> register(file, draft, found));
    }
    found.forEach(problem -> LOG.warning(() -> problem.in(Locale.ENGLISH)));
    problems = List.copyOf(found);
  }

  /** What was wrong at the last import on this server. */
  public List<EntryProblem> problems() {
    return problems;
  }

  private void register(Path file, CloudDraft draft, List<EntryProblem> found) {
    try {
      store.upsert(draft);
      LOG.info(
          () ->
              "registered cloud %s for %s from entry %s"
                  .formatted(draft.cloud(), draft.connection().project(), draft.entry()));
    } catch (FederationFault fault) {
      found.add(
          new EntryProblem(
              file.toString(),
              draft.entry(),
              Violation.at("clouds." + draft.entry(), fault.phrase())));
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "registering entry " + draft.entry() + " of " + file, e);
      found.add(
          new EntryProblem(
              file.toString(),
              draft.entry(),
              Violation.at(
                  "clouds." + draft.entry(), Phrase.of("cloud.entry-not-stored", draft.entry()))));
    }
  }

  private static Optional<CloudsYaml.Source> source(
      Path file, String key, List<EntryProblem> found) {
    try {
      return Optional.of(new CloudsYaml.Source(file.toString(), Files.readString(file)));
    } catch (IOException e) {
      found.add(
          new EntryProblem(
              file.toString(),
              "",
              Violation.at(
                  "",
                  Phrase.of("cloud.file-unreadable", e.getClass().getSimpleName()),
                  Phrase.of("cloud.file-unreadable-remedy", key))));
      return Optional.empty();
    }
  }
}
