package io.isthmus.sandbox.http;

import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.weather.Weather.Verdict;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The routes of one service in one region. Puts around every handler what is the same for all:
 * weather, token check, the cloud's lock, error bodies, request ids and the count of calls.
 */
public final class Routes {
  private static final Logger LOG = Logger.getLogger(Routes.class.getName());

  private final Javalin app;
  private final Cloud cloud;
  private final Service service;
  private final String region;
  private final String prefix;
  private final Authority authority;
  private final Executor executor;
  private BiFunction<Context, Fault, Fault> before = (ctx, none) -> none;

  /**
   * @param region the region's name, null for Keystone
   * @param prefix path in front of all routes, such as {@code /GRA-1/compute}
   * @param executor runs handlers that had to wait
   */
  public Routes(
      Javalin app,
      Cloud cloud,
      Service service,
      String region,
      String prefix,
      Authority authority,
      Executor executor) {
    this.app = app;
    this.cloud = cloud;
    this.service = service;
    this.region = region;
    this.prefix = prefix;
    this.authority = authority;
    this.executor = executor;
  }

  /**
   * Looks at each request first, sets headers, and may return a fault instead of letting it pass.
   */
  public void before(java.util.function.Function<Context, Fault> check) {
    this.before = (ctx, none) -> check.apply(ctx);
  }

  public Routes get(String path, Handler handler) {
    return add(HandlerType.GET, path, true, true, handler);
  }

  public Routes post(String path, Handler handler) {
    return add(HandlerType.POST, path, true, true, handler);
  }

  public Routes put(String path, Handler handler) {
    return add(HandlerType.PUT, path, true, true, handler);
  }

  public Routes patch(String path, Handler handler) {
    return add(HandlerType.PATCH, path, true, true, handler);
  }

  public Routes delete(String path, Handler handler) {
    return add(HandlerType.DELETE, path, true, true, handler);
  }

  public Routes head(String path, Handler handler) {
    return add(HandlerType.HEAD, path, true, true, handler);
  }

  /** A route that asks for no token. */
  public Routes open(HandlerType method, String path, Handler handler) {
    return add(method, path, false, true, handler);
  }

  /** A route whose handler streams the body itself, and takes the cloud's lock itself. */
  public Routes stream(HandlerType method, String path, Handler handler) {
    return add(method, path, true, false, handler);
  }

  /** Answers everything else under the prefix as the service answers unknown paths. */
  public void unknown(Handler handler) {
    for (HandlerType method :
        new HandlerType[] {
          HandlerType.GET, HandlerType.POST, HandlerType.PUT, HandlerType.PATCH, HandlerType.DELETE
        }) {
      add(method, "/<rest>", false, true, handler);
    }
  }

  private Routes add(
      HandlerType method, String path, boolean guarded, boolean buffered, Handler handler) {
    app.addHttpHandler(method, prefix + path, ctx -> arrive(ctx, path, guarded, buffered, handler));
    return this;
  }

  private void arrive(
      Context ctx, String route, boolean guarded, boolean buffered, Handler handler) {
    Verdict verdict = cloud.weather().judge(service, region, ctx.method().name(), ctx.path());
    Runnable work = () -> serve(ctx, route, guarded, buffered, handler, verdict);
    if (verdict.until() != null) {
      ctx.future(() -> verdict.until().thenRunAsync(work, executor));
    } else if (verdict.delay().isZero()) {
      work.run();
    } else {
      Executor later =
          CompletableFuture.delayedExecutor(
              verdict.delay().toMillis(), TimeUnit.MILLISECONDS, executor);
      ctx.future(() -> CompletableFuture.runAsync(work, later));
    }
  }

  private void serve(
      Context ctx,
      String route,
      boolean guarded,
      boolean buffered,
      Handler handler,
      Verdict verdict) {
    String requestId = "req-" + UUID.randomUUID();
    ctx.header("X-Openstack-Request-Id", requestId);
    if (service == Service.COMPUTE || service == Service.VOLUME) {
      ctx.header("X-Compute-Request-Id", requestId);
    }
    try {
      if (verdict.answer() == null) {
        ctx.attribute(Call.CONTENT, verdict.content());
        ask(ctx, guarded, buffered, handler, verdict);
      } else {
        Impostor.answer(ctx, verdict);
      }
    } catch (Fault fault) {
      tell(ctx, fault);
    } catch (Exception | StackOverflowError bug) {
      LOG.log(Level.SEVERE, "The sandbox failed at " + ctx.method() + " " + ctx.path(), bug);
      tell(ctx, Fault.of(500, "HTTPInternalServerError", "The sandbox itself failed: " + bug));
    }
    if (verdict.loseAnswer()) {
      count(ctx, route, 0);
      Call.hangUp(ctx, "answer lost in bad weather");
    } else {
      count(ctx, route, ctx.statusCode());
    }
  }

  private void count(Context ctx, String route, int status) {
    String request = ctx.header("X-Openstack-Request-Id");
    cloud.calls().count(service, ctx.method().name(), route, status, request);
  }

  private void ask(Context ctx, boolean guarded, boolean buffered, Handler handler, Verdict verdict)
      throws Exception {
    refuseInBadWeather(verdict);
    Token token = guarded ? authority.validate(ctx.header("X-Auth-Token")) : null;
    if (guarded && token == null) {
      refuseStranger(ctx);
    } else {
      handle(ctx, token, buffered, handler);
    }
  }

  private void handle(Context ctx, Token token, boolean buffered, Handler handler)
      throws Exception {
    Fault refused = before.apply(ctx, null);
    if (refused != null) {
      throw refused;
    }
    String base = cloud.url() + prefix;
    if (!buffered) {
      handler.handle(new Call(ctx, new byte[0], base, token));
      return;
    }
    Call call = new Call(ctx, ctx.bodyAsBytes(), base, token);
    if (ctx.method() == HandlerType.GET || ctx.method() == HandlerType.HEAD) {
      cloud.look(() -> quietly(handler, call));
    } else {
      cloud.change(() -> quietly(handler, call));
    }
  }

  private static Void quietly(Handler handler, Call call) {
    try {
      handler.handle(call);
      return null;
    } catch (RuntimeException told) {
      throw told;
    } catch (Exception checked) {
      throw new IllegalStateException(checked);
    }
  }

  private static void refuseInBadWeather(Verdict verdict) {
    int status = verdict.refusal();
    if (status == 0) {
      return;
    }
    String message =
        switch (status) {
          case 429, 413 -> "This request was rate-limited.";
          case 503 -> "The server is currently unavailable. Please try again at a later time.";
          default ->
              "Unexpected API Error. Please report this at http://bugs.launchpad.net/ and attach"
                  + " the API log if possible.";
        };
    Fault fault = Fault.of(status, "HTTP" + Service.reason(status).replace(" ", ""), message);
    throw verdict.retryAfter() > 0
        ? fault.with("Retry-After", String.valueOf(verdict.retryAfter()))
        : fault;
  }

  private void refuseStranger(Context ctx) {
    ctx.status(401);
    if (service == Service.IDENTITY) {
      tell(
          ctx,
          Fault.of(401, "", "The request you have made requires authentication.")
              .with("WWW-Authenticate", "Keystone uri=\"" + cloud.url() + "/identity\""));
      return;
    }
    ctx.header("WWW-Authenticate", "Keystone uri=\"" + cloud.url() + "/identity/v3\"");
    if (service == Service.IMAGE) {
      tell(
          ctx,
          Fault.of(
              401,
              "",
              "This server could not verify that you are authorized to access the document you"
                  + " requested. Either you supplied the wrong credentials (e.g., bad password), or"
                  + " your browser does not understand how to supply the credentials required."));
    } else {
      ctx.contentType("application/json").result(Service.unauthorizedBody());
    }
  }

  private void tell(Context ctx, Fault fault) {
    fault.headers().forEach(ctx::header);
    ctx.status(fault.status());
    ctx.contentType(service.errorMediaType()).result(service.errorBody(fault));
  }

  /** Answers an unknown path in HTML, as routers in front of most services do. */
  public static void unknownAsHtml(Call call) {
    Fault fault = Fault.notFound("The resource could not be found.");
    call.http().status(404).contentType("text/html; charset=UTF-8");
    call.http().result(Service.IMAGE.errorBody(fault));
  }
}
