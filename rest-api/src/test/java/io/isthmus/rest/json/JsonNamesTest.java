package io.isthmus.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.rest.placement.PlanRequest;
import io.isthmus.rest.stack.StackBody;
import io.isthmus.rest.stack.StackRequest;
import jakarta.json.bind.Jsonb;
import java.util.List;
import org.junit.jupiter.api.Test;

/** JSON-B says nothing of records; a provider that does not know them would write {}. */
class JsonNamesTest {

  private final Jsonb jsonb = JsonNames.create();

  @Test
  void writesRecordsWithUnderscores() {
    String json =
        jsonb.toJson(
            new StackBody(
                "1",
                "acme/demo",
                "shop",
                "CREATE_COMPLETE",
                "done",
                new StackBody.Health("HEALTHY", List.of()),
                "2",
                4,
                3,
                List.of(new StackBody.Region("gra", "GRA-1")),
                7,
                "2026-11-25T00:00:00Z",
                "2026-11-25T00:00:00Z",
                "alice",
                new StackBody.Drift("report", 1, 0),
                true));
    assertThat(json)
        .contains(
            "\"parts_done\":3",
            "\"status_reason\":\"done\"",
            "\"asleep\":true",
            "\"region\":\"GRA-1\"");
  }

  @Test
  void readsRecordsInWhichSomethingIsLeftOut() {
    StackRequest request = jsonb.fromJson("{\"name\":\"shop\",\"plan\":\"p\"}", StackRequest.class);
    assertThat(request).isEqualTo(new StackRequest(null, "shop", "p", null));
    assertThat(
            jsonb
                .fromJson(
                    "{\"name\":\"shop\",\"plan\":\"p\",\"drift\":{\"choice\":\"report\"}}",
                    StackRequest.class)
                .drift()
                .choice())
        .isEqualTo("report");
  }

  @Test
  void readsParametersAsTheyAre() {
    PlanRequest request =
        jsonb.fromJson(
            "{\"template\":\"t\",\"environment\":\"e\",\"parameters\":{\"count\":3,\"list\":[\"a\"]}}",
            PlanRequest.class);
    assertThat(request.environment()).isEqualTo("e");
    assertThat(request.parameters().getInt("count")).isEqualTo(3);
    assertThat(request.parameters().getJsonArray("list")).hasSize(1);
  }
}
