package io.isthmus.itests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.SandboxProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Debian's {@code openstack} client against the sandbox, as an unsuspecting user would. */
@Tag("clients")
@Execution(ExecutionMode.CONCURRENT)
class OpenStackClientIT {
  @TempDir static Path folder;
  private static SandboxProcess sandbox;

  @BeforeAll
  static void start() throws Exception {
    sandbox = SandboxProcess.start(folder.resolve("clouds.yaml"));
  }

  @AfterAll
  static void stop() throws Exception {
    sandbox.close();
  }

  private static OpenStackClient cloud(String key, String region) {
    return new OpenStackClient(folder.resolve("clouds.yaml"), key, region);
  }

  @Test
  void signsInAndFindsTheCatalogAndWhatTheCloudOffers() throws Exception {
    OpenStackClient syd = cloud("syd", null);

    assertThat(syd.column("Type", "catalog", "list"))
        .contains("identity", "compute", "network", "image", "volumev3");
    assertThat(syd.column("Name", "flavor", "list"))
        .containsExactlyInAnyOrder("sc.small", "sc.medium", "sc.large");
    assertThat(syd.column("Name", "image", "list")).contains("debian-bookworm-amd64");
    assertThat(syd.column("Zone Name", "availability", "zone", "list", "--compute"))
        .containsExactlyInAnyOrder("syd-1", "syd-2", "syd-3");
    assertThat(syd.field("instances", "quota", "show")).isEqualTo("250");
  }

  @Test
  void carriesAServerWithItsNetworkRouterGroupAndVolumeThroughItsLife() throws Exception {
    OpenStackClient bhs = cloud("bhs", null);
    String net = bhs.field("id", "network", "create", "front");
    bhs.runAll(
        "subnet create --network front --subnet-range 10.5.0.0/24 front-v4",
        "router create edge",
        "router set --external-gateway Ext-Net edge",
        "router add subnet edge front-v4",
        "security group create web",
        "security group rule create --protocol tcp --dst-port 443 web",
        "volume create --size 3 data");
    String port =
        bhs.field("id", "port", "create", "--network", net, "--security-group", "web", "web-0");

    assertThat(
            bhs.field(
                "status",
                "server",
                "create",
                "--flavor",
                "c2-2",
                "--image",
                "Debian 12 (bookworm)",
                "--port",
                "web-0",
                "--property",
                "tier=web",
                "--wait",
                "web"))
        .isEqualTo("ACTIVE");
    assertThat(bhs.column("Name", "server", "list", "--status", "ACTIVE")).containsExactly("web");
    assertThat(bhs.field("properties", "server", "show", "web")).contains("tier").contains("web");
    assertThat(bhs.field("addresses", "server", "show", "web")).contains("10.5.0.");
    assertThat(bhs.field("device_owner", "port", "show", port)).startsWith("compute:bhs-");

    awaitVolume(bhs, "available");
    bhs.run("server", "add", "volume", "web", "data");
    awaitVolume(bhs, "in-use");
    bhs.run("server", "remove", "volume", "web", "data");
    awaitVolume(bhs, "available");

    OpenStackClient.Outcome refused = bhs.attempt("network", "delete", net);
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("ports still in use");

    bhs.runAll(
        "server delete --wait web",
        "router remove subnet edge front-v4",
        "router delete edge",
        "port delete " + port,
        "network delete front",
        "security group delete web",
        "volume delete data");
    assertThat(bhs.column("Name", "server", "list")).isEmpty();
    assertThat(bhs.column("Name", "network", "list")).containsExactly("Ext-Net");
    assertThat(bhs.column("Name", "router", "list")).isEmpty();
    assertThat(bhs.column("Name", "security", "group", "list")).containsExactly("default");
  }

  @Test
  void carriesALoadBalancerThroughItsLifeWhereTheCloudOffersOne() throws Exception {
    OpenStackClient gra = cloud("gra", "GRA-1");
    String net = gra.field("id", "network", "create", "balanced");
    gra.run("subnet", "create", "--network", net, "--subnet-range", "10.6.0.0/24", "balanced-v4");

    assertThat(
            gra.field(
                "provisioning_status",
                "loadbalancer",
                "create",
                "--name",
                "front",
                "--vip-subnet-id",
                "balanced-v4",
                "--wait"))
        .isEqualTo("ACTIVE");
    gra.runAll(
        "loadbalancer listener create --name http --protocol HTTP --protocol-port 80 --wait front",
        "loadbalancer pool create --name web --protocol HTTP --lb-algorithm ROUND_ROBIN"
            + " --listener http --wait",
        "loadbalancer member create --address 10.6.0.9 --protocol-port 80 --wait web");
    assertThat(gra.column("address", "loadbalancer", "member", "list", "web"))
        .containsExactly("10.6.0.9");
    OpenStackClient.Outcome refused = gra.attempt("loadbalancer", "delete", "front");
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("it has children");

    gra.run("loadbalancer", "delete", "--cascade", "--wait", "front");
    assertThat(gra.column("name", "loadbalancer", "list")).isEmpty();
    gra.run("network", "delete", net);
    assertThat(cloud("syd", null).column("Type", "catalog", "list"))
        .doesNotContain("load-balancer");
  }

  private static void awaitVolume(OpenStackClient cloud, String status) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(90));
    while (!cloud.field("status", "volume", "show", "data").equals(status)) {
      assertThat(Instant.now()).as("the volume never became " + status).isBefore(end);
    }
  }

  @Test
  void bringsAnImageInAndBackOutUnchanged() throws Exception {
    OpenStackClient syd = cloud("syd", null);
    Path data = Files.writeString(folder.resolve("image.raw"), "bytes of an image");
    Path back = folder.resolve("back.raw");

    syd.run(
        "image",
        "create",
        "--disk-format",
        "raw",
        "--container-format",
        "bare",
        "--property",
        "os_distro=debian",
        "--file",
        data.toString(),
        "mine");
    assertThat(syd.field("status", "image", "show", "mine")).isEqualTo("active");
    syd.run("image", "save", "--file", back.toString(), "mine");
    syd.run("image", "delete", "mine");

    assertThat(back).hasSameBinaryContentAs(data);
    assertThat(syd.column("Name", "image", "list")).doesNotContain("mine");
  }

  @Test
  void keepsRegionsAndTenantsApart() throws Exception {
    OpenStackClient one = cloud("gra", "GRA-1");
    OpenStackClient two = cloud("gra", "GRA-2");
    OpenStackClient stranger = cloud("gra-globex", "GRA-1");

    one.run("network", "create", "only-in-one");

    assertThat(one.column("Name", "network", "list")).contains("only-in-one", "public");
    assertThat(two.column("Name", "network", "list")).containsExactly("public");
    assertThat(stranger.column("Name", "network", "list")).containsExactly("public");
    assertThat(stranger.attempt("network", "show", "only-in-one").err())
        .contains("No Network found");
  }
}
