package io.isthmus.domain.probe;

import io.isthmus.domain.cloud.AddressRange;
import io.isthmus.domain.cloud.CloudId;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where this server stands, and what it reaches from there. */
@Dependent
public class ProbeSettings {

  private final Vantage vantage;
  private final List<AddressRange> networks;

  /**
   * @param cloud {@code isthmus.node.cloud}: id of the cloud in which this server stands; none when
   *     it stands in none
   * @param region {@code isthmus.node.region}: and its region
   * @param networks {@code isthmus.probes.networks}: ranges of private addresses of servers that
   *     this server reaches, in CIDR notation, separated by commas
   * @throws IllegalArgumentException when one of them is malformed
   */
  @Inject
  public ProbeSettings(
      @ConfigProperty(name = "isthmus.node.cloud") Optional<String> cloud,
      @ConfigProperty(name = "isthmus.node.region") Optional<String> region,
      @ConfigProperty(name = "isthmus.probes.networks") Optional<String> networks) {
    this.vantage =
        new Vantage(
            cloud.map(String::strip).filter(text -> !text.isEmpty()).map(CloudId::new),
            region.map(String::strip).filter(text -> !text.isEmpty()));
    this.networks =
        networks.stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(range -> !range.isEmpty())
            .map(AddressRange::parse)
            .toList();
  }

  Vantage vantage() {
    return vantage;
  }

  /** Whether the operator says that a private address is reached from here, and may be. */
  boolean reaches(InetAddress address) {
    return AddressRange.kind(address) == AddressRange.Kind.PRIVATE
        && networks.stream().anyMatch(range -> range.contains(address));
  }
}
