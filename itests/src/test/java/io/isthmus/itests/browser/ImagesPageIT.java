package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.isthmus.itests.BesideOthers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages on which a project keeps its images. */
@BesideOthers
class ImagesPageIT extends PortalTest {

  /** Several pieces of the browser's. */
  private static final byte[] CONTENT = content(20 << 20);

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    bytes[0] = 0;
    return bytes;
  }

  @BeforeEach
  @AfterEach
  void leaveNoImage() throws Exception {
    for (JsonObject image : alice.list("/project-images")) {
      alice.delete("/project-images/" + image.getString("id"));
    }
  }

  /** Where files lie that the browser reads by itself. */
  @TempDir private Path files;

  private void choose(Page page, String name) throws IOException {
    page.locator("isthmus-upload input[type=file]")
        .setInputFiles(Files.write(files.resolve(name), CONTENT));
  }

  private Locator name() {
    return portal.page().getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).first();
  }

  /** Without what another test typed and did not send. */
  private void open() {
    portal.signIn("alice", "/images");
    portal.press("Add image");
    Locator dialog = portal.page().getByRole(AriaRole.DIALOG);
    dialog.getByRole(AriaRole.TABLIST).waitFor();
    Locator kept = dialog.getByText("What you had typed here and not sent is still there.");
    if (kept.count() > 0) {
      portal.press("Begin anew");
      assertThat(kept).hasCount(0);
    }
  }

  private void begin() throws IOException {
    open();
    choose(portal.page(), "golden.raw");
    assertThat(name()).hasValue("golden");
  }

  @Test
  void aFileIsUploadedInPiecesAndToldWithItsDigests() throws Exception {
    begin();
    portal.press("Upload");
    assertThat(portal.page().locator("h1")).hasText("golden");
    portal.await("SHA-512");
    assertThat(portal.page().locator(".state").first()).hasText("ready");
    JsonObject image = alice.list("/project-images").get(0);
    assertThat(image.getString("state")).isEqualTo("ready");
    assertThat(image.getString("disk_format")).isEqualTo("raw");
    portal.open("/images");
    assertThat(portal.page().locator(".list tbody tr").first()).containsText("20 MiB");
    assertThat(portal.foreignRequests()).isEmpty();
  }

  @Test
  void anUploadThatWasBrokenOffGoesOnWithTheSameFile() throws Exception {
    JsonObject image =
        io.isthmus.itests.Person.read(
                alice.post(
                    "/project-images",
                    "{\"name\": \"golden\", \"disk_format\": \"raw\", \"size\": "
                        + CONTENT.length
                        + "}",
                    "en"),
                201)
            .asJsonObject();
    portal.signIn("alice", "/images/" + image.getString("id"));
    portal.await("Choose the same file to go on");
    portal
        .page()
        .locator("isthmus-upload input[type=file]")
        .setInputFiles(new FilePayload("other.raw", "application/octet-stream", new byte[9]));
    portal.await("This is another file");
    choose(portal.page(), "golden.raw");
    assertThat(portal.page().locator(".state").first()).hasText("ready");
  }

  @Test
  void whatIsWrongIsToldAtItsField() throws Exception {
    begin();
    name().fill("not/mine");
    portal.press("Upload");
    portal.await("cannot be the name of an image");
    name().fill("mine");
    portal.page().getByLabel("Properties").first().fill("owner=root");
    portal.press("Upload");
    portal.await("is no property that an image may have here");
  }

  @Test
  void anAddressIsAskedForWithItsDigestAndToldWithWhatItAnswered() throws Exception {
    open();
    portal.page().getByRole(AriaRole.TAB, tab("From address")).click();
    Locator address =
        portal.page().getByLabel("Address", new Page.GetByLabelOptions().setExact(true)).first();
    address.fill("https://user:secret@127.0.0.1/golden.raw");
    address.blur();
    assertThat(name()).hasValue("golden");
    portal.press("Add");
    portal.await("needs its SHA-256 or SHA-512");
    portal.page().getByLabel("Expected SHA-256 or SHA-512").first().fill("0".repeat(64));
    portal.press("Add");
    portal.await("An address with a user or password is not taken");
    address.fill("http://127.0.0.1:1/golden.raw");
    portal.press("Add");
    assertThat(portal.page().locator("h1")).hasText("golden");
    portal.await("reading its address");
    JsonObject image = alice.list("/project-images").get(0);
    assertThat(image.getString("url")).isEqualTo("http://127.0.0.1:1/golden.raw");

    portal.press("Change");
    name().fill("silver");
    portal.page().getByLabel("Properties").first().fill("os_distro=debian");
    portal.press("Save");
    assertThat(portal.page().locator("h1")).hasText("silver");
  }

  private static Page.GetByRoleOptions tab(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /**
   * What another site makes a browser send comes without the widget's header, or with its origin.
   */
  @Test
  void aPieceThatDoesNotComeFromThePortalIsRefused() throws Exception {
    JsonObject image =
        io.isthmus.itests.Person.read(
                alice.post(
                    "/project-images",
                    "{\"name\": \"x\", \"disk_format\": \"raw\", \"size\": 9}",
                    "en"),
                201)
            .asJsonObject();
    portal.signIn("alice", "/images");
    Object status =
        portal
            .page()
            .evaluate(
                "id => fetch(`/image-content/${id}?project=acme/demo`, {method: 'PATCH', body:"
                    + " 'x', headers: {'Upload-Offset': '0', 'Content-Type':"
                    + " 'application/offset+octet-stream'}}).then(answer => answer.status)",
                image.getString("id"));
    assertThat(status).isEqualTo(403);
  }
}
