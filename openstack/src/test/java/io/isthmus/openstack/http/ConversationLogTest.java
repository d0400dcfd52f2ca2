package io.isthmus.openstack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationLogTest {
  private static final Logger LOG = Logger.getLogger("io.isthmus.openstack.conversation");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler collector =
      new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
          lines.add(formatter.formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    collector.setLevel(Level.ALL);
    LOG.addHandler(collector);
    LOG.setLevel(Level.FINE);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(collector);
    LOG.setLevel(null);
    LOG.setUseParentHandlers(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'auth': {'identity': {'password': {'user': {'name': 'demo', 'password': 'S3CRET'}}}}}",
        "{'auth': {'identity': {'application_credential': {'id': 'a', 'secret': 'S3CRET'}}}}",
        "{'auth': {'identity': {'token': {'id': 'S3CRET'}}}}",
        "{'server': {'adminPass': 'S3CRET', 'user_data': 'S3CRET'}}",
        "{'keypair': {'private_key': 'S3CRET'}}",
        "{'list': [[{'PSK': 'S3CRET'}]]}",
        "password=S3CRET"
      })
  void masksSecretsWhereverTheyStand(String body) {
    assertThat(ConversationLog.masked(body.replace('\'', '"'))).doesNotContain("S3CRET");
  }

  @Test
  void leavesTheRestReadable() {
    String body =
        "{'token': {'catalog': [{'type': 'compute'}]}, 'server': {'name': 'web'}}"
            .replace('\'', '"');
    assertThat(ConversationLog.masked(body))
        .isEqualTo(Json.createReader(new StringReader(body)).readObject().toString());
  }

  @Test
  void aWholeConversationHoldsNeitherPasswordNorToken() {
    try (ScriptedCloud cloud = new ScriptedCloud()) {
      cloud.on("POST", "/compute/v2.1/servers", Reply.json(202, "{'server': {'adminPass': 'p4'}}"));
      cloud
          .session(ScriptedCloud.config())
          .send(
              Call.post(
                  ServiceType.COMPUTE,
                  ScriptedCloud.REGION,
                  "/servers",
                  Json.createObjectBuilder().add("user_data", "c2VjcmV0").build()),
              Deadline.in(Duration.ofMinutes(1)));
    }
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("gra > POST /v3/auth/tokens");
    assertThat(lines.get(3)).startsWith("gra < POST compute/servers 202");
    assertThat(String.join("\n", lines))
        .doesNotContain(ScriptedCloud.PASSWORD, "token-1", "c2VjcmV0", "p4");
  }
}
