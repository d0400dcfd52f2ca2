package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.encryption.UnreadableSecret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The federation as the registry and the last looks show it. */
@ApplicationScoped
public class RegistryFederation implements FederationService, CloudConnections {

  private CloudStore store;
  private CloudLooks looks;

  @Inject
  RegistryFederation(CloudStore store, CloudLooks looks) {
    this.store = store;
    this.looks = looks;
  }

  /** For the container's proxies. */
  protected RegistryFederation() {}

  @Override
  public FederationSnapshot snapshot(ProjectId project) {
    Map<CloudId, CloudLooks.Seen> own = looks.of(project);
    Map<CloudId, List<CloudHealth>> all = looks.healths();
    Set<CloudId> accessible = own.keySet();
    List<CloudView> views =
        store.clouds().stream()
            .map(
                cloud ->
                    new CloudView(
                        cloud.id(),
                        cloud.name(),
                        cloud.hue(),
                        cloud.enabled(),
                        accessible.contains(cloud.id()),
                        cloud.facts(),
                        Optional.ofNullable(own.get(cloud.id()))
                            .map(CloudLooks.Seen::health)
                            .orElseGet(
                                () ->
                                    Healths.seenByOthers(all.getOrDefault(cloud.id(), List.of()))),
                        Optional.ofNullable(own.get(cloud.id()))
                            .flatMap(CloudLooks.Seen::inventory)))
            .collect(Collectors.toList());
    return new FederationSnapshot(Clock.systemUTC().instant(), views, store.equivalences());
  }

  @Override
  public Optional<CloudConnection> find(ProjectId project, CloudId cloud) {
    try {
      return store.connection(project, cloud);
    } catch (UnreadableSecret e) {
      throw new FederationFault(
          FaultCode.CLOUD_CREDENTIAL_REJECTED,
          Phrase.of("cloud.credential-unreadable", cloud, project),
          List.of(),
          Json.createObjectBuilder().add("cloud", cloud.text()).build(),
          e);
    }
  }
}
