package io.isthmus.sandbox.http;

/** Answers one route of a service. */
@FunctionalInterface
public interface Handler {
  void handle(Call call) throws Exception;
}
