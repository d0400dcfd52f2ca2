package io.isthmus.itests.fault;

import jakarta.json.JsonObject;

/** A resource of a stack at one place, as Isthmus tells it. */
record Part(
    String stack,
    String resource,
    int generation,
    String type,
    String cloud,
    String region,
    String id,
    String status) {

  static Part of(String stack, JsonObject told) {
    return new Part(
        stack,
        told.getString("resource"),
        told.getInt("generation"),
        told.getString("type"),
        told.getString("cloud", ""),
        told.getString("region", ""),
        told.getString("physical_id", ""),
        told.getString("status"));
  }

  boolean isThere() {
    return status.endsWith("_COMPLETE") && !status.startsWith("DELETE") && !id.isEmpty();
  }

  boolean isGone() {
    return status.equals("DELETE_COMPLETE");
  }

  boolean isServer() {
    return type.equals(Thing.SERVER);
  }
}
