package io.isthmus.itests.fault;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Whether a stack tells of itself what it must tell when all is well and nothing happens. */
final class Truth {

  private Truth() {}

  /**
   * What is wrong, in words.
   *
   * @param told the stack as the API shows it
   * @param isDeleted whether its deletion was acknowledged
   */
  static List<String> mistakes(JsonObject told, boolean isDeleted) {
    List<String> wrong = new ArrayList<>();
    String status = told.getString("status");
    if (!status.endsWith("_COMPLETE") || isDeleted != status.equals("DELETE_COMPLETE")) {
      wrong.add((isDeleted ? "deleted, but tells: " : "tells: ") + told);
    }
    if (isDeleted) {
      return wrong;
    }
    if (told.getInt("parts") != told.getInt("parts_done")) {
      wrong.add("complete, but not all is done: " + told);
    }
    if (!told.getJsonObject("health").getString("state").equals("HEALTHY")) {
      wrong.add("everything is there, but tells: " + told);
    }
    return wrong;
  }
}
