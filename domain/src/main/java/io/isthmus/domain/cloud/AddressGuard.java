package io.isthmus.domain.cloud;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says which addresses a cloud may have, so that nobody can make this server speak to itself or to
 * what lies beside it. Asked when a cloud is added, and by the driver before each connection, since
 * a name may point elsewhere later.
 *
 * <p>Never: link-local (where clouds keep their instances' metadata), multicast, unspecified and
 * reserved addresses. Loopback: in evaluation only. Private ones: in evaluation, and in production
 * those of {@code isthmus.clouds.private-networks}, a list in CIDR notation.
 */
@ApplicationScoped
public class AddressGuard {

  private boolean evaluation;
  private List<AddressRange> privateNetworks;

  /** Why an address is refused, and what to do. */
  public record Refusal(Phrase message, Phrase remedy) {}

  /**
   * @param mode {@code evaluation}, or anything else for production
   * @throws IllegalArgumentException when a range is malformed
   */
  @Inject
  public AddressGuard(
      @ConfigProperty(name = "isthmus.mode", defaultValue = "production") String mode,
      @ConfigProperty(name = "isthmus.clouds.private-networks") Optional<String> privateNetworks) {
    this.evaluation = mode.equals("evaluation");
    // One text, split here: Payara cannot inject an Optional of a List.
    this.privateNetworks =
        privateNetworks.stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(String::strip)
            .filter(range -> !range.isEmpty())
            .map(AddressRange::parse)
            .toList();
  }

  /** For the container's proxies. */
  protected AddressGuard() {}

  /**
   * Whether an address may not be gone to; resolves its host. A name that does not resolve is not
   * refused here: that is for the connection to tell.
   */
  public Optional<Refusal> refusal(URI address) {
    String host = address.getHost();
    if (host == null) {
      return Optional.of(
          new Refusal(
              Phrase.of("cloud.url-form", "", address), Phrase.of("cloud.url-form-remedy")));
    }
    try {
      for (InetAddress resolved : InetAddress.getAllByName(host)) {
        Optional<Refusal> refusal = refusal(address, resolved);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether a resolved address may be gone to. */
  public boolean allows(InetAddress resolved) {
    return switch (AddressRange.kind(resolved)) {
      case PUBLIC -> true;
      case LOOPBACK -> evaluation;
      case PRIVATE ->
          evaluation || privateNetworks.stream().anyMatch(range -> range.contains(resolved));
      case FORBIDDEN -> false;
    };
  }

  /** Where the address of an image leads. */
  public enum Lead {
    /** To where images may be fetched from. */
    OPEN,
    /** Nowhere that this server knows of: its name does not resolve. */
    UNKNOWN,
    /** To where nobody may make this server go. */
    CLOSED
  }

  /**
   * The same of an address that people give for an image; resolves its host. Nothing is told of
   * what lies there, and a name that does not resolve leads nowhere.
   */
  public Lead lead(URI address) {
    if (address.getHost() == null) {
      return Lead.CLOSED;
    }
    try {
      for (InetAddress resolved : InetAddress.getAllByName(address.getHost())) {
        if (refusal(address, resolved).isPresent()) {
          return Lead.CLOSED;
        }
      }
      return Lead.OPEN;
    } catch (UnknownHostException e) {
      return Lead.UNKNOWN;
    }
  }

  /**
   * @throws FederationFault CLOUD_INVALID when the address may not be gone to
   */
  public void require(URI address) {
    refusal(address)
        .ifPresent(
            why -> {
              throw new FederationFault(
                  FaultCode.CLOUD_INVALID,
                  why.message(),
                  List.of(Violation.at("auth_url", why.message(), why.remedy())));
            });
  }

  private Optional<Refusal> refusal(URI address, InetAddress resolved) {
    if (allows(resolved)) {
      return Optional.empty();
    }
    String suffix =
        switch (AddressRange.kind(resolved)) {
          case LOOPBACK -> "loopback";
          case PRIVATE -> "private";
          case FORBIDDEN, PUBLIC -> "forbidden";
        };
    return Optional.of(
        new Refusal(
            Phrase.of("cloud.address-" + suffix, address.getHost(), resolved.getHostAddress()),
            Phrase.of("cloud.address-" + suffix + "-remedy")));
  }
}
