package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.StackUnderTest;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Somebody reads the graph of a stack, without a mouse and on paper, and the map. */
@Isolated("puts sites of its own on a map that the server draws anew when something happens")
class PicturesIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: { type: OS::Neutron::Net }
        subnet: { type: OS::Neutron::Subnet, properties: { network: { get_resource: net }, cidr: 10.78.0.0/24 } }
        doors: { type: OS::Neutron::SecurityGroup }
        left:
          type: OS::Neutron::Port
          depends_on: subnet
          properties: { network: { get_resource: net }, security_groups: [{ get_resource: doors }] }
        right:
          type: OS::Neutron::Port
          depends_on: subnet
          properties: { network: { get_resource: net }, security_groups: [{ get_resource: doors }] }
        talker:
          type: OS::Nova::Server
          depends_on: net
          properties: { flavor: m1.small, image: debian-12, networks: [{ port: { get_resource: left } }] }
        listener:
          type: OS::Nova::Server
          depends_on: [net, talker]
          properties: { flavor: m1.small, image: debian-12, networks: [{ port: { get_resource: right } }] }
        disk: { type: OS::Cinder::Volume, properties: { size: 1 } }
        plug:
          type: OS::Cinder::VolumeAttachment
          depends_on: subnet
          properties: { instance_uuid: { get_resource: talker }, volume_id: { get_resource: disk } }
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - { name: in gra, clouds: { any_of: [gra] } }
      """;

  /** The side of a resource's square, in the picture's measure. */
  private static final double BOX = 36;

  private static final Pattern SQUARE =
      Pattern.compile("<rect x=\"([-.\\d]+)\" y=\"([-.\\d]+)\" width=\"36\" height=\"36\"");

  private static final Pattern LINE =
      Pattern.compile("<path d=\"([^\"]+)\" fill=\"none\" stroke=\"[^\"]+\" stroke-width=\"1.25\"");

  private static final Pattern POINT = Pattern.compile("(-?[.\\d]+) (-?[.\\d]+)");

  /** How the line from a dot of the map to its true place is drawn, and nothing else. */
  private static final String LEADER = "isthmus-map path[stroke-width='0.75']";

  @Test
  void aGraphIsReadByKeyboardAndNoLineRunsBehindAnIcon() throws Exception {
    String name = "graph-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    StackUnderTest stack = StackUnderTest.of(alice, alice.plan(name, TEMPLATE, POLICY, Map.of()));
    stack.awaitComplete();
    portal.signIn("alice", "/stacks/" + stack.id() + "/topology");

    walksByArrows();
    opensAndLeaves();
    savesLinesThatPassNoOther();
    stack.delete();
  }

  private void walksByArrows() {
    Page page = portal.page();
    Locator graph = graph();
    Locator here = graph.getByRole(AriaRole.OPTION);
    Locator keys = page.getByText("Arrows: the nearest resource that way.");
    assertThat(here).hasCount(1);
    assertThat(keys).not().isVisible();
    graph.focus();
    page.keyboard().press("Home");
    assertThat(here).hasText(Pattern.compile("^net; OS::Neutron::Net; gra; there and well; .*"));
    assertThat(here).containsText("needed by");
    assertThat(here).hasAttribute("aria-posinset", "1");
    assertThat(here).hasAttribute("aria-setsize", "9");
    assertThat(keys).isVisible();
    page.keyboard().press("ArrowLeft");
    assertThat(here).hasText(Pattern.compile("^net; .*"));
    page.keyboard().press("ArrowRight");
    assertThat(here).hasText(Pattern.compile("^(subnet|doors); .*"));
    assertThat(graph).hasAttribute("aria-activedescendant", here.getAttribute("id"));
    page.keyboard().press("End");
    assertThat(here).hasText(Pattern.compile("^disk; OS::Cinder::Volume; .*; needed by plug$"));
    page.keyboard().press("ArrowLeft");
    assertThat(here).hasText(Pattern.compile("^plug; .*; needs .*disk.*"));
    zooms();
  }

  private void zooms() {
    Page page = portal.page();
    String whole = picture();
    page.keyboard().press("+");
    page.waitForCondition(() -> !picture().equals(whole));
    page.keyboard().press("Shift+ArrowUp");
    page.keyboard().press("0");
    page.waitForCondition(() -> picture().equals(whole));
  }

  private String picture() {
    return (String) graph().locator("canvas").evaluate("canvas => canvas.toDataURL()");
  }

  private void opensAndLeaves() {
    Page page = portal.page();
    Locator details = page.locator(".details-panel");
    page.keyboard().press("Enter");
    assertThat(details).containsText("plug");
    assertThat(graph().getByRole(AriaRole.OPTION)).hasAttribute("aria-selected", "true");
    assertThat(graph()).isFocused();
    page.keyboard().press("Escape");
    assertThat(details).not().isVisible();
    assertThat(graph()).isFocused();
    page.keyboard().press("Escape");
    assertThat(graph()).not().isFocused();
  }

  private void savesLinesThatPassNoOther() throws IOException {
    Download saved = portal.page().waitForDownload(() -> portal.press("Save as SVG"));
    String svg = Files.readString(saved.path());
    List<Rectangle2D> squares =
        SQUARE
            .matcher(svg)
            .results()
            .<Rectangle2D>map(
                at ->
                    new Rectangle2D.Double(
                        Double.parseDouble(at.group(1)) + 1,
                        Double.parseDouble(at.group(2)) + 1,
                        BOX - 2,
                        BOX - 2))
            .toList();
    List<Line2D> parts = LINE.matcher(svg).results().flatMap(at -> parts(at.group(1))).toList();

    assertThat(squares).hasSize(9);
    assertThat(parts).hasSizeGreaterThan(12);
    assertThat(parts)
        .as("lines end at what they tie and pass nothing else")
        .noneMatch(part -> squares.stream().anyMatch(part::intersects));
  }

  /** The straight parts of a line, its rounded corners taken as if they were cut. */
  private static Stream<Line2D> parts(String path) {
    List<Point2D> points = new ArrayList<>();
    Matcher at = POINT.matcher(path);
    while (at.find()) {
      points.add(
          new Point2D.Double(Double.parseDouble(at.group(1)), Double.parseDouble(at.group(2))));
    }
    List<Line2D> parts = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      parts.add(new Line2D.Double(points.get(i - 1), points.get(i)));
    }
    return parts.stream();
  }

  private Locator graph() {
    return portal.page().getByRole(AriaRole.LISTBOX, name("Graph of the resources"));
  }

  private static Page.GetByRoleOptions name(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void aDotThatHadToMakeRoomLeadsToItsTruePlace() {
    portal.signIn("alice", "/");
    Locator map = portal.page().locator("isthmus-map");
    assertThat(map.getByText("gra").first()).isVisible();
    String apart = site("lille", 50.9, 2.1) + "," + site("tokyo", 35.7, 139.7);
    map.evaluate("(map, sites) => { map.sites = sites; }", "[" + apart + "]");
    assertThat(map.getByText("tokyo")).isVisible();
    assertThat(portal.page().locator(LEADER)).hasCount(0);

    String together = site("lille", 50.9, 2.1) + "," + site("roubaix", 50.8, 2.2);
    map.evaluate("(map, sites) => { map.sites = sites; }", "[" + together + "]");
    assertThat(map.getByText("roubaix")).isVisible();
    assertThat(portal.page().locator(LEADER)).hasCount(2);
  }

  @Test
  void aDotLeadsToWhatTheProjectHasThere() {
    portal.signIn("alice", "/");
    Locator dot =
        portal.page().getByRole(AriaRole.LINK, name("Show the stacks that have something in bhs"));
    assertThat(dot.first()).isVisible();
    Locator onMap = portal.page().locator("isthmus-map a[href='/stacks?cloud=bhs']");
    assertThat(onMap)
        .hasAttribute(
            "aria-label", Pattern.compile("^Show the stacks that have something in bhs, .*"));
    onMap.focus();
    portal.page().keyboard().press("Enter");
    portal.page().waitForURL("**/stacks?cloud=bhs");
    assertThat(portal.heading()).hasText("Stacks");
  }

  private static String site(String name, double latitude, double longitude) {
    return """
    {"id": "%1$s", "name": "%1$s", "lat": %2$s, "lon": %3$s, "hue": 1, "state": "complete", "count": 9, "label": ""}
    """
        .formatted(name, latitude, longitude);
  }
}
