package io.isthmus.sandbox.http;

import io.isthmus.sandbox.weather.Weather.Verdict;
import io.javalin.http.Context;

/** What answers when something else stands where the service should be. */
final class Impostor {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html><head><title>%1$s</title></head>
      <body><center><h1>%1$s</h1></center><hr><center>proxy</center></body></html>
      """;

  /** Neither UTF-8 nor JSON, though it begins like it. */
  private static final byte[] GARBAGE = {
    '{', '"', (byte) 0xff, 0, (byte) 0xfe, (byte) 0xc3, 0x28, 1, 2, 3, (byte) 0x80, '[', '}', '"'
  };

  private Impostor() {}

  static void answer(Context ctx, Verdict verdict) {
    int status = verdict.refusal() == 0 ? 200 : verdict.refusal();
    ctx.status(status);
    if (verdict.answer().equals("html")) {
      String title =
          status == 200 ? "Sign in to the network" : status + " " + Service.reason(status);
      ctx.contentType("text/html; charset=UTF-8").result(PAGE.formatted(title));
    } else {
      ctx.contentType("application/json").result(GARBAGE);
    }
  }
}
