package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import io.isthmus.sandbox.http.Routes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Nova's key pairs; each belongs to a user. */
final class Keypairs {
  private final Nova nova;

  Keypairs(Nova nova) {
    this.nova = nova;
  }

  void routes(Routes r) {
    r.get("/v2.1/os-keypairs", this::list)
        .post("/v2.1/os-keypairs", this::create)
        .get("/v2.1/os-keypairs/{name}", this::show)
        .delete("/v2.1/os-keypairs/{name}", this::delete);
  }

  private Stream<ObjectNode> own(Call call) {
    String user = call.token().userId();
    return nova.keypairs().stream().filter(k -> k.get("user_id").asText().equals(user));
  }

  private static ObjectNode view(Call call, ObjectNode row) {
    ObjectNode view = Json.obj().put("name", row.get("name").asText());
    view.set("public_key", row.get("public_key"));
    view.set("fingerprint", row.get("fingerprint"));
    if (Microversion.of(call).atLeast(2)) {
      view.put("type", "ssh");
    }
    return view;
  }

  private void list(Call call) {
    ArrayNode list = Json.arr();
    own(call).forEach(row -> list.addObject().set("keypair", view(call, row)));
    call.answer(200, Json.obj().set("keypairs", list));
  }

  private ObjectNode find(Call call) {
    String name = call.param("name");
    return nova.keypairs()
        .find(call.token().userId() + "/" + name)
        .orElseThrow(
            () ->
                Fault.notFound("Keypair " + name + " not found for user " + call.token().userId()));
  }

  private void show(Call call) {
    ObjectNode row = find(call);
    ObjectNode view = view(call, row);
    view.set("user_id", row.get("user_id"));
    view.set("created_at", row.get("created_at"));
    view.put("deleted", false).putNull("deleted_at").putNull("updated_at");
    view.put("id", row.get("number").asInt());
    call.answer(200, Json.obj().set("keypair", view));
  }

  private void delete(Call call) {
    nova.keypairs().remove(find(call).get("id").asText());
    call.answer(Microversion.of(call).atLeast(2) ? 204 : 202);
  }

  private void create(Call call) {
    ObjectNode request = call.json("keypair");
    String name = Json.text(request, "name");
    if (name == null || name.isBlank() || name.length() > 255) {
      throw ServerRequest.invalid("keypair", request, "'name' is a required property");
    }
    if (!name.matches("[\\w .@()-]+")) {
      throw Fault.badRequest("Keypair data is invalid: Keypair name contains unsafe characters");
    }
    String id = call.token().userId() + "/" + name;
    if (nova.keypairs().find(id).isPresent()) {
      throw Fault.conflict("Key pair '" + name + "' already exists.");
    }
    int limit = nova.quotas().limit(call.projectId(), "key_pairs");
    if (limit >= 0 && own(call).count() >= limit) {
      throw Fault.forbidden("Quota exceeded, too many key pairs.");
    }
    String publicKey = Json.text(request, "public_key");
    KeyPair made = null;
    if (publicKey == null) {
      if (Microversion.of(call).atLeast(92)) {
        throw ServerRequest.invalid("keypair", request, "'public_key' is a required property");
      }
      made = generate();
      publicKey = openSsh((RSAPublicKey) made.getPublic()) + " Generated-by-Nova";
    }
    ObjectNode row = Json.obj().put("id", id).put("name", name);
    row.put("number", nova.keypairs().size() + 1);
    row.put("public_key", publicKey).put("fingerprint", fingerprint(publicKey));
    row.put("user_id", call.token().userId()).put("created_at", Json.micros(nova.cloud().now()));
    nova.keypairs().put(row);
    ObjectNode view = view(call, row).put("user_id", call.token().userId());
    if (made != null) {
      view.put("private_key", pem(made));
    }
    call.answer(Microversion.of(call).atLeast(2) ? 201 : 200, Json.obj().set("keypair", view));
  }

  /** MD5 over the key's binary form, in pairs of digits. */
  private static String fingerprint(String publicKey) {
    String[] words = publicKey.strip().split("\\s+");
    try {
      if (words.length < 2
          || !List.of("ssh-rsa", "ssh-ed25519", "ssh-dss").contains(words[0])
              && !words[0].startsWith("ecdsa-")) {
        throw new IllegalArgumentException("not an SSH key");
      }
      byte[] blob = Base64.getDecoder().decode(words[1]);
      return HexFormat.ofDelimiter(":").formatHex(MessageDigest.getInstance("MD5").digest(blob));
    } catch (IllegalArgumentException wrong) {
      throw Fault.badRequest("Keypair data is invalid: failed to generate fingerprint");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String openSsh(RSAPublicKey key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    field(out, "ssh-rsa".getBytes(StandardCharsets.US_ASCII));
    field(out, key.getPublicExponent().toByteArray());
    BigInteger modulus = key.getModulus();
    field(out, modulus.toByteArray());
    return "ssh-rsa " + Base64.getEncoder().encodeToString(out.toByteArray());
  }

  private static void field(ByteArrayOutputStream out, byte[] bytes) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }
}
