package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/** SHA-256 of all that a plan was made from and of what came of it. */
final class PlanFingerprint {

  private PlanFingerprint() {}

  static String of(
      ProjectId project,
      Drafts.Draft draft,
      String policy,
      Placement.Placed placed,
      Optional<PlannedUpdate> update) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, project.toString());
      add(digest, draft.template().text());
      new TreeMap<>(draft.template().files())
          .forEach(
              (name, text) -> {
                add(digest, name);
                add(digest, text);
              });
      new TreeMap<>(draft.template().registry())
          .forEach(
              (name, target) -> {
                add(digest, name);
                add(digest, target);
              });
      // As before for what names none.
      draft
          .template()
          .keyPairs()
          .forEach(
              (name, key) -> {
                add(digest, name);
                add(digest, key);
              });
      draft
          .template()
          .images()
          .forEach(
              (name, image) -> {
                add(digest, name);
                add(digest, image.toJson().toString());
              });
      add(digest, draft.given().toString());
      add(digest, policy);
      add(digest, PlacementJson.write(placed).toString());
      update.ifPresent(planned -> add(digest, UpdateJson.write(planned).toString()));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
