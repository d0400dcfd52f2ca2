package io.isthmus.itests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * A stack as its owner follows it.
 *
 * @param id as the API names it
 */
public record StackUnderTest(Person owner, String id) {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  public static StackUnderTest of(Person owner, JsonObject plan) throws Exception {
    return new StackUnderTest(owner, owner.accept(plan).getString("id"));
  }

  public JsonObject look() throws IOException, InterruptedException {
    return owner.look("/stacks/" + id).asJsonObject();
  }

  public List<JsonObject> resources() throws IOException, InterruptedException {
    return owner.list("/stacks/" + id + "/resources");
  }

  public List<JsonObject> events() throws IOException, InterruptedException {
    return owner.list("/stacks/" + id + "/events?limit=500");
  }

  /** Until it rests; fails unless it is complete then. */
  public void awaitComplete() throws Exception {
    JsonObject stack =
        Await.until(
            PATIENCE,
            "the stack is made",
            this::look,
            seen -> !seen.getString("status").endsWith("IN_PROGRESS"));
    assertThat(stack.getString("status")).as(stack.toString()).isEqualTo("CREATE_COMPLETE");
  }

  /** How many of its parts are made. */
  public int partsDone() throws IOException, InterruptedException {
    return look().getInt("parts_done");
  }

  /** Deletes it and waits until nothing of it is left. */
  public void delete() throws Exception {
    HttpResponse<String> answer = owner.delete("/stacks/" + id);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    Await.until(
        PATIENCE,
        "the stack is gone",
        this::look,
        seen -> seen.getString("status").equals("DELETE_COMPLETE"));
  }
}
