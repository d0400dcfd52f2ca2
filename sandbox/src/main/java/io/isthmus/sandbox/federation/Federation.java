package io.isthmus.sandbox.federation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A made-up federation of clouds, as its file describes it.
 *
 * @param name what the federation is called
 * @param operators who runs the clouds
 * @param clouds the clouds; each gets one port, in this order
 */
public record Federation(String name, List<Operator> operators, List<CloudSpec> clouds) {
  public Federation {
    operators = orEmpty(operators);
    clouds = orEmpty(clouds);
  }

  public Operator operator(String id) {
    return operators.stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }

  static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /**
   * @param seat country of the operator's seat, ISO 3166 alpha-2
   * @param exposedTo countries whose law reaches the operator from abroad
   */
  public record Operator(
      String id, String name, String seat, @JsonProperty("exposed_to") List<String> exposedTo) {
    public Operator {
      exposedTo = orEmpty(exposedTo);
    }
  }

  /**
   * One cloud: one Keystone with its regions.
   *
   * @param quota limits of every project; what is missing has OpenStack's default
   * @param services paths of the services that exist; all when empty
   * @param withoutExtensions aliases of Neutron extensions that this cloud lacks
   * @param imageImports methods by which images are imported, {@code glance-direct} and {@code
   *     web-download}; both when it does not say
   * @param imageConversion whether Glance makes something else of what it downloads, as its plugins
   *     do
   * @param latency how long every call takes at least
   * @param tls whether the cloud speaks HTTPS, with a certificate of the sandbox's own authority
   * @param prices what its operator would ask for; null when it does not say
   */
  public record CloudSpec(
      String name,
      String title,
      String operator,
      String country,
      List<Double> coordinates,
      List<Certification> certifications,
      List<RegionSpec> regions,
      List<FlavorSpec> flavors,
      List<ImageSpec> images,
      @JsonProperty("volume_types") List<String> volumeTypes,
      @JsonProperty("external_network") ExternalNetwork externalNetwork,
      List<ProjectSpec> projects,
      Map<String, Integer> quota,
      List<String> services,
      @JsonProperty("without_extensions") List<String> withoutExtensions,
      @JsonProperty("image_imports") List<String> imageImports,
      @JsonProperty("image_conversion") boolean imageConversion,
      Timing timing,
      Duration latency,
      boolean tls,
      PricesSpec prices) {
    public CloudSpec {
      title = title == null ? name : title;
      coordinates = orEmpty(coordinates);
      certifications = orEmpty(certifications);
      regions = orEmpty(regions);
      flavors = orEmpty(flavors);
      images = orEmpty(images);
      volumeTypes = orEmpty(volumeTypes);
      projects = orEmpty(projects);
      quota = quota == null ? Map.of() : Map.copyOf(quota);
      services = orEmpty(services);
      withoutExtensions = orEmpty(withoutExtensions);
      imageImports =
          imageImports == null
              ? List.of("glance-direct", "web-download")
              : List.copyOf(imageImports);
      timing = timing == null ? Timing.STANDARD : timing;
      latency = latency == null ? Duration.ZERO : latency;
    }

    /** Whether the region is part of the path: only where there are several. */
    public boolean regionInPath() {
      return regions.size() > 1;
    }

    public boolean has(String service) {
      return services.isEmpty() || services.contains(service);
    }
  }

  /**
   * @param until last day on which it holds, ISO 8601, or null
   */
  public record Certification(String name, String until) {}

  /**
   * @param currency ISO 4217
   * @param flavorHour by a flavor's name
   * @param volumeGibMonth for a GiB of volume, or null
   * @param addressHour for a floating IP, or null
   * @param egressGib for a GiB that leaves the cloud, or null
   */
  public record PricesSpec(
      String currency,
      @JsonProperty("flavor_hour") Map<String, BigDecimal> flavorHour,
      @JsonProperty("volume_gib_month") BigDecimal volumeGibMonth,
      @JsonProperty("address_hour") BigDecimal addressHour,
      @JsonProperty("egress_gib") BigDecimal egressGib) {
    public PricesSpec {
      flavorHour = flavorHour == null ? Map.of() : new LinkedHashMap<>(flavorHour);
    }
  }

  /** A region; country and coordinates are the cloud's when null or empty. */
  public record RegionSpec(
      String name, String country, List<Double> coordinates, List<ZoneSpec> zones) {
    public RegionSpec {
      coordinates = orEmpty(coordinates);
      zones = orEmpty(zones);
    }
  }

  /** An availability zone and what all its hosts together can carry. */
  public record ZoneSpec(
      String name,
      int vcpus,
      @JsonProperty("ram_mb") int ramMb,
      @JsonProperty("disk_gb") int diskGb) {}

  /**
   * @param ram MiB
   * @param disk GiB
   */
  public record FlavorSpec(
      String id,
      String name,
      int vcpus,
      int ram,
      int disk,
      @JsonProperty("extra_specs") Map<String, String> extraSpecs) {
    public FlavorSpec {
      extraSpecs = extraSpecs == null ? Map.of() : new LinkedHashMap<>(extraSpecs);
    }
  }

  /** An image that is there from the start; its few bytes of data are made up. */
  public record ImageSpec(
      String name,
      @JsonProperty("os_distro") String osDistro,
      @JsonProperty("os_version") String osVersion,
      @JsonProperty("min_disk") int minDisk,
      @JsonProperty("min_ram") int minRam) {}

  /** The network of floating IPs; each region has one of its own. */
  public record ExternalNetwork(String name, List<String> cidrs) {
    public ExternalNetwork {
      cidrs = orEmpty(cidrs);
    }
  }

  /**
   * An OpenStack project with its one user.
   *
   * @param tenant the federation's project it serves, {@code tenant/project}
   * @param synthetic what it has by rule in each region, or null
   */
  public record ProjectSpec(
      String name, String tenant, String user, String password, SyntheticSpec synthetic) {}

  /** How many things of each kind are there without anybody having made them. */
  public record SyntheticSpec(int servers, int ports, int volumes) {}

  /** How long this cloud's hidden machinery takes. */
  public record Timing(
      @JsonProperty("server_build") Duration serverBuild,
      @JsonProperty("server_delete") Duration serverDelete,
      @JsonProperty("volume_create") Duration volumeCreate,
      @JsonProperty("volume_delete") Duration volumeDelete,
      @JsonProperty("load_balancer_create") Duration loadBalancerCreate,
      @JsonProperty("load_balancer_change") Duration loadBalancerChange,
      @JsonProperty("image_import") Duration imageImport) {
    static final Timing STANDARD = new Timing(null, null, null, null, null, null, null);

    public Timing {
      serverBuild = serverBuild == null ? Duration.ofSeconds(2) : serverBuild;
      serverDelete = serverDelete == null ? Duration.ofSeconds(1) : serverDelete;
      volumeCreate = volumeCreate == null ? Duration.ofMillis(500) : volumeCreate;
      volumeDelete = volumeDelete == null ? Duration.ofMillis(500) : volumeDelete;
      loadBalancerCreate = loadBalancerCreate == null ? Duration.ofSeconds(2) : loadBalancerCreate;
      loadBalancerChange = loadBalancerChange == null ? Duration.ofMillis(300) : loadBalancerChange;
      imageImport = imageImport == null ? Duration.ofMillis(500) : imageImport;
    }
  }
}
