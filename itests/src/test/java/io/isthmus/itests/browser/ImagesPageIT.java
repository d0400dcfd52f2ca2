package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import jakarta.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages on which a project keeps its images. */
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

  private void choose(Page page, String name) {
    page.locator("isthmus-upload input[type=file]")
        .setInputFiles(new FilePayload(name, "application/octet-stream", CONTENT));
  }

  private Locator name() {
    return portal.page().getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).first();
  }

  private void begin() {
    portal.signIn("alice", "/images");
    portal.press("Upload an image");
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
  void whatIsWrongIsToldAtItsField() {
    begin();
    name().fill("not/mine");
    portal.press("Upload");
    portal.await("cannot be the name of an image");
    name().fill("mine");
    portal.page().getByLabel("Properties").first().fill("owner=root");
    portal.press("Upload");
    portal.await("is no property that an image may have here");
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
